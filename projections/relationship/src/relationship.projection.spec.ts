import type { EngagementEvent } from '#libs/candidates';
import { MemoryReadModel } from '#libs/projecting';
import { describe, expect, it } from '@jest/globals';
import { ToldHistory } from '../../../test/support/told-history.js';
import { relationship } from './relationship.projection.js';
import { contactPermissions, relationships } from './tables.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));
const replied = (sentiment: 'unsubscribe' | 'interested'): EngagementEvent => ({
  type: 'email.replied',
  data: { sentiment },
});
const consent = {
  type: 'candidate.consent-given',
  data: { purpose: 'newsletter', channel: 'email', basis: 'consent', evidence: { kind: 'form' } },
} as const;

const folded = ({ events }: ToldHistory): MemoryReadModel => {
  const model = new MemoryReadModel(relationship);
  model.apply(events.filter(({ type }) => relationship.handlers[type] !== undefined));
  return model;
};
const stretches = (told: ToldHistory) =>
  folded(told)
    .rows(contactPermissions)
    .map(({ occasion, allowed_from, allowed_until }) => [occasion, allowed_from, allowed_until]);

describe('When somebody may be contacted, as rows', () => {
  it('ends with a reply that asks for no more emails', () => {
    const told = new ToldHistory();
    const ada = told.added(day(0));
    told.decided(ada, day(1), consent);
    told.happened(ada, day(3), replied('interested'));
    told.happened(ada, day(5), replied('unsubscribe'));
    expect(stretches(told)).toEqual([['newsletter/email', day(1), day(5)]]);
    told.decided(ada, day(8), consent);
    expect(stretches(told)).toEqual([
      ['newsletter/email', day(1), day(5)],
      ['newsletter/email', day(8), null],
    ]);
  });

  it('is empty for a day on which they agreed and withdrew, where only the withdrawal has no time', () => {
    const told = new ToldHistory();
    const ada = told.added(day(0));
    told.decided(ada, new Date(day(1).getTime() + 9 * 3_600_000), consent);
    told.decided(ada, day(1), { type: 'candidate.consent-withdrawn', data: { way: 'letter' } }, 'day');
    expect(stretches(told)).toEqual([]);
  });

  it('keeps nothing of a reply that says nothing about it', () => {
    const told = new ToldHistory();
    told.happened(told.added(day(0)), day(1), replied('interested'));
    expect(folded(told).rows(relationships)).toEqual([]);
  });
});
