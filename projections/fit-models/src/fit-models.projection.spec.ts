import type { FitModel, FitModelEvent } from '#libs/fit';
import { newId, type StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { describe, expect, it } from '@jest/globals';
import { fitModels } from './fit-models.projection.js';
import { fitModelRows } from './tables.js';

const told = (events: readonly FitModelEvent[]): StoredEvent[] =>
  events.map((event, i) => {
    const id = newId();
    const at = new Date(Date.UTC(2026, 0, i + 1));
    return {
      ...event,
      id,
      streamId: 'fit-models',
      revision: i,
      position: { commit: BigInt(i + 1), prepare: BigInt(i + 1) },
      occurredAt: at,
      timePrecision: 'instant',
      recordedAt: at,
      correlationId: id,
      causationId: id,
      actor: { kind: 'user', id: 'admin-1' },
      source: 'api',
    };
  });

const nurse: FitModel = {
  name: 'nurse',
  version: 1,
  title: 'Nurses',
  rules: [{ label: 'Title', points: 10, where: { title: 'nurse' } }],
  grades: { A: 10, B: 6, C: 3 },
};

describe('The read model of fit models', () => {
  it('says which were published and which are retired, however events are batched', () => {
    const events = told([
      { type: 'fit-model.published', data: { model: nurse } },
      { type: 'fit-model.published', data: { model: { ...nurse, version: 2 } } },
      { type: 'fit-model.retired', data: { name: 'nurse', version: 1 } },
    ]);
    const [once, oneByOne] = [new MemoryReadModel(fitModels), new MemoryReadModel(fitModels)];
    once.apply(events);
    for (const event of events) oneByOne.apply([event]);
    const [first, , last] = events.map(({ occurredAt }) => occurredAt);
    expect(once.rows(fitModelRows)).toMatchObject([
      { name: 'nurse', version: 1, model: nurse, published_at: first, published_by: 'admin-1', retired_at: last },
      { name: 'nurse', version: 2, retired_at: null },
    ]);
    expect(oneByOne.rows(fitModelRows)).toEqual(once.rows(fitModelRows));
  });
});
