import type { ClassificationEvent, EngagementEvent } from '#libs/candidates';
import { idsOf, peopleOf, type Merge } from '#libs/identity';
import { newId, type StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ToldHistory } from '../../../test/support/told-history.js';
import { engagement } from './engagement.projection.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));
/** When it's found out who did what, and who is whom. */
const AFTERWARDS = at(500);

const signal = fc.constantFrom<EngagementEvent[]>(
  { type: 'email.clicked', data: { agent: 'human' } },
  { type: 'email.replied', data: { sentiment: 'interested' } },
  { type: 'email.unsubscribed', data: {} },
  { type: 'note.added', data: { text: 'Called back.' } },
);
const who = fc.nat(3);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('signal' as const), who, hour: fc.nat(400), event: signal }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('verdict' as const),
      which: fc.nat(20),
      verdict: fc.constantFrom<ClassificationEvent['data']['verdict'][]>('human', 'machine'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), who, other: who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unmerge' as const), which: fc.nat(3) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What happened with four ids, told in whatever order. */
const history = (steps: readonly Step[]): readonly StoredEvent[] => {
  const told = new ToldHistory();
  const ids = Array.from({ length: 4 }, () => newId());
  const signals: StoredEvent[] = [];
  const merges: Merge[] = [];
  const take = (one: Step): void => {
    if (one.kind === 'signal') {
      signals.push(told.happened(ids[one.who] ?? '', at(one.hour), one.event));
    } else if (one.kind === 'verdict') {
      const { id: eventId, subjectId } = signals[one.which] ?? {};
      if (!eventId || !subjectId) return;
      const data = { eventId, verdict: one.verdict, classifierVersion: 1, reasons: [] };
      told.happened(subjectId, AFTERWARDS, { type: 'engagement.classified', data });
    } else if (one.kind === 'merge') {
      const [survivorId, mergedId] = [ids[one.who] ?? '', ids[one.other] ?? ''];
      if (idsOf(peopleOf(merges), survivorId).includes(mergedId)) return;
      const merge = { mergeId: newId(), survivorId, mergedId };
      merges.push(merge);
      told.identified(AFTERWARDS, { type: 'identity.merged', data: { ...merge, reason: 'review' } });
    } else {
      const [undone] = merges.splice(one.which, 1);
      if (undone) told.identified(AFTERWARDS, { type: 'identity.unmerged', data: undone });
    }
  };
  for (const one of steps) take(one);
  return told.events.filter(({ type }) => engagement.handlers[type] !== undefined);
};

const rowsOf = (batches: readonly (readonly StoredEvent[])[]) => {
  const model = new MemoryReadModel(engagement);
  for (const batch of batches) model.apply(batch);
  return engagement.tables.map((table) => model.rows(table));
};

describe('The standing of people whose signals come late, are judged, and who are merged meanwhile', () => {
  it('is the same however the events are batched', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.array(fc.nat(40), { maxLength: 6 }), (steps, cuts) => {
        const all = history(steps);
        const ends = [...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
        const oneByOne = rowsOf(all.map((event) => [event]));
        expect(rowsOf([all])).toEqual(oneByOne);
        expect(rowsOf(ends.map((end, n) => all.slice(ends[n - 1] ?? 0, end)))).toEqual(oneByOne);
      }),
      { numRuns: 300 },
    );
  });
});
