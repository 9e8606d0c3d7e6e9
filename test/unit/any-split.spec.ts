import { describe, expect, it } from '@jest/globals';
import { candidatesEventDefinitions } from '#libs/candidates';
import { hygieneEventDefinitions } from '#libs/hygiene';
import { idsOf, peopleOf, type Merge } from '#libs/identity';
import type { EventDefinition, StoredEvent } from '#libs/kernel';
import { poolsEventDefinitions } from '#libs/pools';
import { MemoryReadModel, type Projection } from '#libs/projecting';
import { segmentEventDefinitions } from '#libs/segment-watch';
import { duplicates } from '#projections/duplicates';
import { engagement } from '#projections/engagement';
import { funnel } from '#projections/funnel';
import { hygieneProjection } from '#projections/hygiene';
import { poolsProjection } from '#projections/pools';
import { relationship } from '#projections/relationship';
import { talentSearch } from '#projections/talent-search';
import { timeline } from '#projections/timeline';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';

const contexts: readonly (readonly [name: string, readonly EventDefinition[]])[] = [
  ['candidates', candidatesEventDefinitions],
  ['pools', poolsEventDefinitions],
  ['segment-watch', segmentEventDefinitions],
  ['hygiene', hygieneEventDefinitions],
];
const samples = new Map(
  contexts.flatMap(([name, definitions]) => {
    const golden = new URL(`../../libs/${name}/src/events/golden/`, import.meta.url);
    return definitions.map(({ type, version }): [string, Record<string, unknown>] => [
      type,
      JSON.parse(readFileSync(new URL(`${type}.v${version}.json`, golden), 'utf8')) as Record<string, unknown>,
    ]);
  }),
);
const first = new Set([
  'candidate.added',
  'application.submitted',
  'pool.opened',
  'membership.began',
  'hygiene-plan.made',
]);
/** Of the types that begin with the name of their stream's category; the rest are engagement. */
const categories = ['candidate', 'application', 'pool', 'membership', 'segment', 'hygiene-plan', 'hygiene-run'];
const later = [...samples.keys()].filter((type) => !first.has(type));
const verdicts = later.filter((type) => type === 'engagement.classified');
const ids = [1, 2, 3, 4].map((n) => `7f8b2c9e-1d2a-4c3b-8a4d-00000000000${n}`);

interface Step {
  readonly who: number;
  readonly type: string;
  /** Minutes since the start; facts needn't be recorded in the order in which they happened. */
  readonly at: number;
  /** For merges. */
  readonly other?: number;
}

/** What becomes of wishes to merge and to undo merges: what would be refused is left out. */
const decided = (steps: readonly Step[]): (Step & { readonly merge?: Merge })[] => {
  let standing: readonly Merge[] = [];
  return steps.flatMap((step, n) => {
    const [survivorId, mergedId] = [ids[step.who] ?? '', ids[step.other ?? 0] ?? ''];
    if (step.type === 'identity.merged') {
      if (idsOf(peopleOf(standing), survivorId).includes(mergedId)) return [];
      const merge = { mergeId: idAt(1_000 + n), survivorId, mergedId };
      standing = [...standing, merge];
      return [{ ...step, merge }];
    }
    if (step.type !== 'identity.unmerged') return [step];
    const merge = standing[step.at % Math.max(1, standing.length)];
    if (!merge) return [];
    standing = standing.filter((one) => one !== merge);
    return [{ ...step, merge }];
  });
};

const idAt = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** Everybody is added, applies and comes into a pool; then anything happens to anyone, in any order. */
const history = (steps: readonly Step[]): StoredEvent[] => {
  const revisions = new Map<string, number>();
  const all = [...ids.flatMap((_, who): Step[] => [...first].map((type) => ({ who, type, at: 0 }))), ...steps];
  return decided(all).map(({ who, type, at, merge }, i) => {
    const candidateId = ids[who];
    const category = categories.find((name) => type.startsWith(`${name}.`)) ?? 'engagement';
    const streamId = `${category}-${candidateId}`;
    const revision = (revisions.get(streamId) ?? -1) + 1;
    revisions.set(streamId, revision);
    const sample = samples.get(type) ?? {};
    // A verdict on whatever happened so many events ago.
    const judged = 'eventId' in sample && type === 'engagement.classified' ? { eventId: idAt(i - 1 - (at % i)) } : {};
    return {
      id: idAt(i),
      type,
      data: merge ?? {
        ...sample,
        ...judged,
        ...('candidateId' in sample ? { candidateId } : {}),
        ...('planId' in sample ? { planId: candidateId } : {}),
      },
      streamId: merge ? 'identity-merges' : streamId,
      revision,
      position: { commit: BigInt(i + 1), prepare: BigInt(i + 1) },
      ...(merge ? {} : { subjectId: candidateId }),
      occurredAt: new Date(Date.UTC(2026, 0, 1) + at * 60_000),
      timePrecision: 'instant',
      recordedAt: new Date(Date.UTC(2026, 5, 1) + i),
      correlationId: 'c',
      causationId: 'c',
      actor: { kind: 'service', id: 'spec' },
      source: 'spec',
    };
  });
};

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat({ max: ids.length - 1 }),
  type: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...later) },
    { weight: 1, arbitrary: fc.constantFrom(...verdicts) },
    { weight: 1, arbitrary: fc.constantFrom('identity.merged', 'identity.merged', 'identity.unmerged') },
  ),
  other: fc.nat({ max: ids.length - 1 }),
  at: fc.nat({ max: 500_000 }),
});

const rowsAfter = (projection: Projection, batches: readonly (readonly StoredEvent[])[]): unknown => {
  const model = new MemoryReadModel(projection);
  for (const batch of batches) model.apply(batch);
  return projection.tables.map((table) => model.rows(table));
};

const readModels = [
  talentSearch,
  engagement,
  funnel,
  timeline,
  relationship,
  poolsProjection,
  duplicates,
  hygieneProjection,
];

describe('The read models', () => {
  it.each(readModels)('give the same rows for any split of a history into batches: $name', (projection) => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.array(fc.nat({ max: 76 }), { maxLength: 12 }),
        (steps, cuts) => {
          const events = history(steps);
          const at = [0, ...cuts.filter((cut) => cut < events.length).sort((a, b) => a - b), events.length];
          const split = at.slice(1).map((end, i) => events.slice(at[i], end));
          const oneByOne = rowsAfter(
            projection,
            events.map((event) => [event]),
          );
          expect(rowsAfter(projection, split)).toEqual(oneByOne);
          expect(rowsAfter(projection, [events])).toEqual(oneByOne);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(readModels)('are, once a merge was undone, what they would be had it never been: $name', (projection) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(), (steps, which) => {
        const events = history(steps);
        const undone = new Set(
          events.filter(({ type }) => type === 'identity.unmerged').map(({ data }) => (data as Merge).mergeId),
        );
        const standing = events.filter(
          ({ type, data }) => type === 'identity.merged' && !undone.has((data as Merge).mergeId),
        );
        const merged = standing[which % Math.max(1, standing.length)];
        if (!merged) return;
        const end = BigInt(events.length + 1);
        const unmerged = { ...merged, type: 'identity.unmerged', position: { commit: end, prepare: end } };
        const without = events.filter((event) => event !== merged);
        expect(rowsAfter(projection, [[...events, unmerged]])).toEqual(rowsAfter(projection, [without]));
      }),
      { numRuns: 60 },
    );
  });
});
