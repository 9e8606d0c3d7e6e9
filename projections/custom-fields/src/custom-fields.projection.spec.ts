import type { CustomFieldEvent } from '#libs/candidates';
import { newId, type StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { describe, expect, it } from '@jest/globals';
import { customFieldsProjection } from './custom-fields.projection.js';
import { customFieldRows } from './tables.js';

const told = (events: readonly CustomFieldEvent[]): StoredEvent[] =>
  events.map((event, i) => ({
    ...event,
    id: newId(),
    streamId: 'custom-fields',
    revision: i,
    position: { commit: BigInt(i + 1), prepare: BigInt(i + 1) },
    occurredAt: new Date(Date.UTC(2026, 0, i + 1)),
    timePrecision: 'instant',
    recordedAt: new Date(0),
    correlationId: 'c',
    causationId: 'c',
    actor: { kind: 'user', id: 'admin-1' },
    source: 'api',
  }));

describe('The read model of custom fields', () => {
  const events = told([
    {
      type: 'custom-field.declared',
      data: { key: 'visa', label: 'Visa', type: 'choice', personal: false, options: ['H-1B'], description: 'Of now' },
    },
    { type: 'custom-field.declared', data: { key: 'pay', label: 'Pay', type: 'number', personal: true } },
    { type: 'custom-field.described', data: { key: 'visa', label: 'Work permit', description: null } },
    { type: 'custom-field.options-added', data: { key: 'visa', options: ['TN', 'O-1'] } },
    { type: 'custom-field.described', data: { key: 'pay', description: 'A year' } },
    { type: 'custom-field.retired', data: { key: 'pay' } },
  ]);

  it('says what each is called by now, its options and whether it is retired, however events are batched', () => {
    const [once, oneByOne] = [new MemoryReadModel(customFieldsProjection), new MemoryReadModel(customFieldsProjection)];
    once.apply(events);
    for (const event of events) oneByOne.apply([event]);
    expect(new Map(once.rows(customFieldRows).map((row) => [row.key, row]))).toEqual(
      new Map([
        [
          'visa',
          {
            key: 'visa',
            label: 'Work permit',
            type: 'choice',
            personal: false,
            description: null,
            options: ['H-1B', 'TN', 'O-1'],
            declared_at: new Date('2026-01-01'),
            retired_at: null,
          },
        ],
        [
          'pay',
          {
            key: 'pay',
            label: 'Pay',
            type: 'number',
            personal: true,
            description: 'A year',
            options: [],
            declared_at: new Date('2026-01-02'),
            retired_at: new Date('2026-01-06'),
          },
        ],
      ]),
    );
    expect(oneByOne.rows(customFieldRows)).toEqual(once.rows(customFieldRows));
  });
});
