import type { Features } from '../person/features.js';
import type { Blocks } from './candidate-pairs.js';
import type { Outcome } from './comparison.js';
import { comparisons } from './comparisons.js';
import { countFrequencies } from './frequencies.js';
import { chanceOf, outcomesOf, sumBits, type MatchModel } from './score-pair.js';

/** Rounds of expectation and maximisation; after five, what's found in either test file stays the same. */
const ROUNDS = 5;
/** What the starting shares weigh at least, in pairs: a file of a few pairs says little about how people err. */
const PRIOR_PAIRS = 50;
/** And at most: half of what the file says. Unheld, learning on 100,000 people drifted to the largest group that's alike in some way: colleagues. */
const PRIOR_SHARE = 0.5;
/** Pairs that what's known at the start holds for less likely than this, in bits, are strangers in every round. */
const OUT_OF_QUESTION = -10;
/** Pairs to learn from; more change nothing but the time. */
const MOST_PAIRS = 100_000;
const RANDOM_PAIRS = 50_000;
const RANDOM_PAIRS_A_PERSON = 50;
/** What's taken for granted: one duplicate in a hundred records. */
const DUPLICATES_AT_LEAST = 0.01;

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly outcomes: readonly (Outcome | undefined)[];
}

/** The same numbers for the same file: a linear congruential generator (Numerical Recipes). */
const numbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

const randomPairs = (people: readonly Features[]): Pair[] => {
  const next = numbers(people.length);
  const wanted = Math.min(
    RANDOM_PAIRS,
    people.length * RANDOM_PAIRS_A_PERSON,
    (people.length * (people.length - 1)) / 2,
  );
  const pairs: Pair[] = [];
  while (pairs.length < wanted) {
    const [a, b] = [Math.floor(next() * people.length), Math.floor(next() * people.length)];
    if (a !== b) pairs.push({ a, b, outcomes: outcomesOf(people[a], people[b]) });
  }
  return pairs;
};

/** Of the pairs that aren't out of the question every n-th, and n. */
const likelyPairs = (
  people: readonly Features[],
  blocks: Blocks,
  start: MatchModel,
): { pairs: Pair[]; each: number } => {
  let each = 1;
  let pairs: Pair[] = [];
  let seen = 0;
  blocks.visitPairs((a, b) => {
    const outcomes = outcomesOf(people[a], people[b]);
    if (sumBits(start, outcomes) < OUT_OF_QUESTION) return;
    seen += 1;
    if (seen % each !== 0) return;
    pairs.push({ a, b, outcomes });
    if (pairs.length < MOST_PAIRS) return;
    pairs = pairs.filter((_, index) => index % 2 === 1);
    each *= 2;
  });
  return { pairs, each };
};

/** Shares of the levels of each field, each pair counted by its weight, on top of what's taken for granted. */
const shares = (
  pairs: readonly Pair[],
  weights: Float64Array,
  start: readonly (readonly number[])[],
  startPairs: number,
) => {
  const counts = start.map((levels) => levels.map((share) => share * startPairs));
  pairs.forEach(({ outcomes }, index) => {
    outcomes.forEach((outcome, field) => {
      const levels = counts[field];
      if (outcome) levels[outcome.level] = levels[outcome.level] + weights[index];
    });
  });
  return counts.map((levels) => {
    const total = levels.reduce((sum, count) => sum + count, 0);
    return levels.map((count) => count / total);
  });
};

/** What's known before a file is seen. */
const startingShares = comparisons.map(({ levels }) => levels.map(({ prior }) => prior));
/** Strangers hardly ever agree. That's taken for granted as if seen in a hundred pairs, so that what a file doesn't show has a chance too. */
const STRANGER_PAIRS = 100;
const strangers = comparisons.map(({ levels }) =>
  levels.map((_, level) => (level === levels.length - 1 ? 1 - 0.005 * level : 0.005)),
);

/**
 * Learns from the file itself, of which nobody has said who is who (Fellegi and Sunter's model by expectation
 * maximisation): how people who are the same one compare, how strangers do, and how many are twice there.
 */
export const learnModel = (people: readonly Features[], blocks: Blocks): MatchModel => {
  const random = randomPairs(people);
  const allPairs = Math.max(1, (people.length * (people.length - 1)) / 2);
  let frequencies = comparisons.map((comparison) => countFrequencies(people, undefined, comparison));
  let model: MatchModel = {
    prior: 1 / Math.max(2, people.length),
    same: startingShares,
    different: shares(random, new Float64Array(random.length).fill(1), strangers, STRANGER_PAIRS),
    frequencies,
  };
  const { pairs: likely, each } = likelyPairs(people, blocks, model);
  for (let round = 0; round < ROUNDS; round += 1) {
    const current = model;
    const chances = Float64Array.from(likely, ({ outcomes }) => chanceOf(sumBits(current, outcomes)));
    const unlike = Float64Array.from(random, ({ outcomes }) => 1 - chanceOf(sumBits(current, outcomes)));
    const records = new Float64Array(people.length).fill(1);
    likely.forEach(({ a, b }, index) => {
      for (const one of [a, b]) records[one] = records[one] + chances[index] * each;
    });
    const sampled = chances.reduce((sum, chance) => sum + chance, 0);
    const matches = sampled * each;
    frequencies = comparisons.map((comparison) =>
      countFrequencies(
        people,
        records.map((count) => 1 / count),
        comparison,
      ),
    );
    model = {
      prior: Math.min(0.5, (matches + DUPLICATES_AT_LEAST * people.length) / allPairs),
      same: shares(likely, chances, startingShares, Math.max(PRIOR_PAIRS, PRIOR_SHARE * sampled)),
      different: shares(random, unlike, strangers, STRANGER_PAIRS),
      frequencies,
    };
  }
  return model;
};
