import { candidatesEventDefinitions } from '#libs/candidates';
import { fitEventDefinitions } from '#libs/fit';
import { hygieneEventDefinitions } from '#libs/hygiene';
import { identityEventDefinitions, idsOf, peopleOf, type Merge } from '#libs/identity';
import type { EventDefinition, StoredEvent } from '#libs/kernel';
import { poolsEventDefinitions } from '#libs/pools';
import { savedSearchesEventDefinitions } from '#libs/saved-searches';
import { scoringEventDefinitions } from '#libs/scoring';
import { segmentEventDefinitions } from '#libs/segment-watch';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';

const contexts: readonly (readonly [name: string, readonly EventDefinition[]])[] = [
  ['candidates', candidatesEventDefinitions],
  ['pools', poolsEventDefinitions],
  ['segment-watch', segmentEventDefinitions],
  ['hygiene', hygieneEventDefinitions],
  ['saved-searches', savedSearchesEventDefinitions],
  ['identity', identityEventDefinitions],
  ['fit', fitEventDefinitions],
  ['scoring', scoringEventDefinitions],
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
  'saved-search.saved',
  'custom-field.declared',
  'fit-model.published',
  'scoring-model.published',
]);
/** Streams by what types begin with: one a thing, or one for all of them, and whether its events are about a person. The rest are engagement. */
const streams: Readonly<Record<string, { readonly one?: string; readonly all?: string; readonly aboutNobody?: true }>> =
  {
    candidate: { one: 'candidate' },
    application: { one: 'application' },
    membership: { one: 'membership' },
    segment: { one: 'segment' },
    'saved-search': { one: 'saved-search' },
    pool: { one: 'pool', aboutNobody: true },
    'hygiene-plan': { one: 'hygiene-plan', aboutNobody: true },
    'hygiene-run': { one: 'hygiene-plans', aboutNobody: true },
    'custom-field': { all: 'custom-fields', aboutNobody: true },
    'fit-model': { all: 'fit-models', aboutNobody: true },
    'scoring-model': { all: 'scoring-models', aboutNobody: true },
    identity: { all: 'identity-merges', aboutNobody: true },
  };
const later = [...samples.keys()].filter((type) => !first.has(type));
const verdicts = later.filter((type) => type === 'engagement.classified');
const ids = [1, 2, 3, 4].map((n) => `7f8b2c9e-1d2a-4c3b-8a4d-00000000000${n}`);

export interface Step {
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
export const history = (steps: readonly Step[]): StoredEvent[] => {
  const revisions = new Map<string, number>();
  const all = [...ids.flatMap((_, who): Step[] => [...first].map((type) => ({ who, type, at: 0 }))), ...steps];
  return decided(all).map(({ who, type, at, merge }, i) => {
    const candidateId = ids[who];
    const { one = 'engagement', all: shared, aboutNobody } = streams[type.split('.')[0] ?? ''] ?? {};
    const streamId = shared ?? `${one}-${candidateId}`;
    const revision = (revisions.get(streamId) ?? -1) + 1;
    revisions.set(streamId, revision);
    const sample = samples.get(type) ?? {};
    // A verdict on whatever happened so many events ago.
    const judged = 'eventId' in sample && type === 'engagement.classified' ? { eventId: idAt(i - 1 - (at % i)) } : {};
    return {
      id: idAt(i),
      type,
      data: {
        ...sample,
        ...merge,
        ...judged,
        ...('candidateId' in sample ? { candidateId } : {}),
        ...('planId' in sample ? { planId: candidateId } : {}),
      },
      streamId,
      revision,
      position: { commit: BigInt(i + 1), prepare: BigInt(i + 1) },
      ...(aboutNobody ? {} : { subjectId: candidateId }),
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

export const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat({ max: ids.length - 1 }),
  type: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...later) },
    { weight: 1, arbitrary: fc.constantFrom(...verdicts) },
    { weight: 1, arbitrary: fc.constantFrom('identity.merged', 'identity.merged', 'identity.unmerged') },
  ),
  other: fc.nat({ max: ids.length - 1 }),
  at: fc.nat({ max: 500_000 }),
});
