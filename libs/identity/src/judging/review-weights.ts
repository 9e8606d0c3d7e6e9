import { comparisons } from '../matching/comparisons.js';

/**
 * How strangers compare: of two people's records that both tell a field, the share at each level, in the order of
 * `comparisons`. Round numbers between what was learned from files of different kinds, of which none is followed exactly;
 * where a level goes by rarity, the file's own counts take the place of the share.
 */
const strangers: Readonly<Record<string, readonly number[]>> = {
  email: [1e-4, 5e-5, 5e-5, 0.9998],
  phone: [1e-4, 0.9999],
  profile: [1e-4, 0.9999],
  'given name': [0.005, 0.0015, 0.0025, 0.008, 0.002, 0.981],
  'family name': [0.003, 0.002, 0.006, 0.989],
  'name order': [2e-4, 0.9998],
  'name in email': [0.005, 0.001, 0.994],
  place: [0.002, 0.02, 0.01, 0.015, 0.953],
  street: [1e-4, 5e-4, 0.01, 0.9894],
  employer: [0.005, 0.01, 0.002, 0.005, 0.978],
};

/** What pairs are weighed by as records come in, one after the other, with nothing learned from the whole. */
export interface ReviewWeights {
  /** Goes up with any change of the numbers, and the read model's version with it. */
  readonly edition: number;
  /** Of one person's pairs of records, the share at each level. */
  readonly same: readonly (readonly number[])[];
  readonly different: readonly (readonly number[])[];
  /** How many records of their own person each record is taken to have beside it, before anything is compared. */
  readonly doubles: number;
}

export const reviewWeights: ReviewWeights = {
  edition: 1,
  same: comparisons.map(({ levels }) => levels.map(({ prior }) => prior)),
  different: comparisons.map(({ field }) => strangers[field]),
  doubles: 2,
};
