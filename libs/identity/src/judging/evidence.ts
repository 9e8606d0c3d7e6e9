import type { Outcome } from '../matching/comparison.js';
import { comparisons } from '../matching/comparisons.js';
import {
  outcomesOf,
  scoreOutcomes,
  sumBits,
  type MatchModel,
  type PairScore,
  type Reason,
} from '../matching/score-pair.js';
import type { Features } from '../person/features.js';
import { reviewWeights } from './review-weights.js';
import { ANY_VALUE, frequenciesBy, wordsOf, type CountedValue, type CountOf } from './value-counts.js';

/** What two records say of each other, before it's asked among how many people they are. */
export interface Evidence {
  /** The sum of the reasons, in hundredths of a bit. */
  readonly centibits: number;
  readonly reasons: readonly Reason[];
}

/** Two records, compared. */
export type Compared = readonly (Outcome | undefined)[];

export const compareRecords = (a: Features, b: Features): Compared => outcomesOf(a, b);

/** The counts that weighing these takes, each once. */
export const countsAskedBy = (all: Iterable<Compared>): CountedValue[] => {
  const asked = new Map<string, CountedValue>();
  for (const compared of all)
    compared.forEach((outcome, n) => {
      if (outcome?.value === undefined) return;
      const comparison = comparisons[n];
      const { field } = comparison;
      if (asked.has(`${field} ${outcome.value}`)) return;
      for (const value of [outcome.value, ANY_VALUE, ...wordsOf(comparison, outcome.value)])
        asked.set(`${field} ${value}`, { field, value });
    });
  return [...asked.values()];
};

const EVEN = 0.5;

/** Weighs pairs by one set of counts. */
export interface Weighing {
  /** In bits, not rounded: for the many pairs that come to nothing. */
  readonly roughly: (compared: Compared) => number;
  readonly evidence: (compared: Compared) => Evidence;
}

/** What's in common counts by how rare it is among those who were counted. */
export const weighBy = (countOf: CountOf): Weighing => {
  const { same, different } = reviewWeights;
  const frequencies = comparisons.map((comparison) => frequenciesBy(comparison, countOf));
  const model: MatchModel = { prior: EVEN, same, different, frequencies };
  return {
    roughly: (compared) => sumBits(model, compared),
    evidence: (compared) => {
      // Even odds before comparing are no bits: what's left are the fields.
      const [, ...reasons] = scoreOutcomes(model, compared).reasons;
      return { centibits: reasons.reduce((sum, { bits }) => sum + Math.round(bits * 100), 0), reasons };
    },
  };
};

/** What speaks against any two among so many people, in hundredths of a bit. The more there are, the more; never less. */
export const centibitsBefore = (people: number): number => {
  const chance = Math.min(EVEN, reviewWeights.doubles / Math.max(1, people));
  return Math.round(100 * Math.log2(chance / (1 - chance)));
};

/** The whole score, among so many people. */
export const scoreAmong = (people: number, { centibits, reasons }: Evidence): PairScore => {
  const before = centibitsBefore(people);
  const bits = (centibits + before) / 100;
  return {
    bits,
    chance: 1 / (1 + 2 ** -bits),
    reasons: [{ field: 'any two records', verdict: 'before comparing', bits: before / 100 }, ...reasons],
  };
};
