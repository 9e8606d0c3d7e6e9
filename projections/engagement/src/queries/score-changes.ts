import { toPoints } from '#libs/scoring';
import type { Score, ScoreTerm } from './score.query.js';

/** `came`: it counts, and didn't. `went`: it counted, and doesn't. `faded`: it's only older. `weighed-anew`: it counts for another share than it did. */
export const changeKinds = ['came', 'went', 'faded', 'weighed-anew'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What one event is worth, and was. Points, with nine places. */
export interface TermChange {
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly group: string;
  readonly kind: ChangeKind;
  /** Why it doesn't count any more, where that's known. */
  readonly reason: string | null;
  readonly before: string;
  readonly after: string;
  readonly change: string;
}

/** What a group's cap takes off, and took. */
export interface CapChange {
  readonly group: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
}

/** Why a score isn't what it was. Changes of terms and caps add up to the change of the score, to the last digit. */
export interface ScoreChanges {
  readonly change: string;
  /** What changed most first. */
  readonly terms: readonly TermChange[];
  readonly caps: readonly CapChange[];
}

const NOTHING = toPoints(0n);
/** Billionths of a point. */
const unitsOf = (points: string): bigint => BigInt(points.replace('.', ''));
const changeOf = (before: string, after: string): { before: string; after: string; change: string } => ({
  before,
  after,
  change: toPoints(unitsOf(after) - unitsOf(before)),
});

const size = ({ change }: { readonly change: string }): bigint => {
  const units = unitsOf(change);
  return units < 0n ? -units : units;
};

const kindOf = (before: ScoreTerm | undefined, after: ScoreTerm | undefined): ChangeKind => {
  if (!before) return 'came';
  if (!after) return 'went';
  const same = before.factor === after.factor && before.repeats === after.repeats && before.weight === after.weight;
  return same ? 'faded' : 'weighed-anew';
};

const keysOf = <T>(lists: readonly (readonly T[])[], keyOf: (item: T) => string): string[] => [
  ...new Set(lists.flat().map(keyOf)),
];

/** From two scores of one candidate by one model, each as of its time. What's worth what it was isn't in it. */
export const changesBetween = (before: Score, after: Score): ScoreChanges => {
  const [was, is] = [before, after].map(({ terms }) => new Map(terms.map((term) => [term.eventId, term])));
  const [off, takes] = [before, after].map(({ caps }) => new Map(caps.map((cap) => [cap.group, cap.value])));
  const reasons = new Map(after.leftOut.map(({ eventId, reason }) => [eventId, reason]));
  const terms = keysOf([before.terms, after.terms], ({ eventId }) => eventId).flatMap((eventId): TermChange[] => {
    const [old, now] = [was?.get(eventId), is?.get(eventId)];
    const term = now ?? old;
    if (!term) return [];
    const { type, occurredAt, group } = term;
    const values = changeOf(old?.value ?? NOTHING, now?.value ?? NOTHING);
    return [
      { eventId, type, occurredAt, group, kind: kindOf(old, now), reason: reasons.get(eventId) ?? null, ...values },
    ];
  });
  const caps = keysOf([before.caps, after.caps], ({ group }) => group).map((group) => ({
    group,
    ...changeOf(off?.get(group) ?? NOTHING, takes?.get(group) ?? NOTHING),
  }));
  return {
    change: toPoints(after.units - before.units),
    terms: terms
      .filter((one) => size(one) > 0n || one.kind !== 'faded')
      .toSorted((a, b) => (size(a) === size(b) ? 0 : size(a) < size(b) ? 1 : -1)),
    caps: caps.filter((one) => size(one) > 0n),
  };
};
