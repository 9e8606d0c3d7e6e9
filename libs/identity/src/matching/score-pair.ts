import type { Features } from '../person/features.js';
import type { Outcome } from './comparison.js';
import { comparisons } from './comparisons.js';
import type { Frequencies } from './frequencies.js';

/** What's known of how records of one person, and of two, compare. Lists follow `comparisons` and their levels. */
export interface MatchModel {
  /** The chance that two records picked at random are one person's. */
  readonly prior: number;
  /** Of one person's pairs of records that tell a field, the share at each level. */
  readonly same: readonly (readonly number[])[];
  /** The same of two people's. */
  readonly different: readonly (readonly number[])[];
  readonly frequencies: readonly Frequencies[];
}

/** What one field says of a pair. */
export interface Reason {
  readonly field: string;
  readonly verdict: string;
  /** For (positive) or against, in bits: three more bits are eight times the odds. In hundredths. */
  readonly bits: number;
}

export interface PairScore {
  /** The sum of the reasons' bits; base-2 logarithm of the odds that both are one person. */
  readonly bits: number;
  /** The same as a chance, 0 to 1. */
  readonly chance: number;
  readonly reasons: readonly Reason[];
}

/** A common value may be rarer than any that was counted; it isn't proof. */
const MOST_BITS = 20;

/** How the two compare in each field, in the order of `comparisons`. */
export const outcomesOf = (a: Features, b: Features): (Outcome | undefined)[] =>
  comparisons.map((comparison) => comparison.compare(a, b));

/** Bits for or against, of one field. */
const bitsOf = (model: MatchModel, field: number, outcome: Outcome): number => {
  const same = model.same[field]?.[outcome.level] ?? 0;
  const rarity = comparisons[field]?.levels[outcome.level]?.byRarity && outcome.value !== undefined;
  const different = rarity
    ? model.frequencies[field].shareOf(outcome.value)
    : (model.different[field]?.[outcome.level] ?? 1);
  return Math.max(-MOST_BITS, Math.min(MOST_BITS, Math.log2(same / different)));
};

const priorBits = (model: MatchModel): number => Math.log2(model.prior / (1 - model.prior));

/** The sum alone, unrounded: what learning and blocking use millions of times. */
export const sumBits = (model: MatchModel, outcomes: readonly (Outcome | undefined)[]): number => {
  let sum = priorBits(model);
  for (let field = 0; field < outcomes.length; field += 1) {
    const outcome = outcomes[field];
    if (outcome) sum += bitsOf(model, field, outcome);
  }
  return sum;
};

export const chanceOf = (bits: number): number => 1 / (1 + 2 ** -bits);

/** How likely two records are one person's, and why. Each reason is rounded once, and the score is their sum to the last digit. */
export const scorePair = (model: MatchModel, a: Features, b: Features): PairScore =>
  scoreOutcomes(model, outcomesOf(a, b));

/** The same of two that were compared. */
export const scoreOutcomes = (model: MatchModel, outcomes: readonly (Outcome | undefined)[]): PairScore => {
  const reasons: Reason[] = [
    { field: 'any two records', verdict: 'before comparing', bits: hundredths(priorBits(model)) },
  ];
  outcomes.forEach((outcome, field) => {
    const comparison = comparisons[field];
    if (!outcome || !comparison) return;
    const verdict = comparison.levels[outcome.level]?.name ?? '';
    reasons.push({ field: comparison.field, verdict, bits: hundredths(bitsOf(model, field, outcome)) });
  });
  const bits = reasons.reduce((sum, reason) => sum + Math.round(reason.bits * 100), 0) / 100;
  return { bits, chance: chanceOf(bits), reasons };
};

const hundredths = (bits: number): number => Math.round(bits * 100) / 100;
