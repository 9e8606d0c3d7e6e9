import type { Features } from '../person/features.js';
import type { Comparison } from './comparison.js';

/** How often each value of a field is seen, each person counted once however many records they have. */
export interface Frequencies {
  /** The chance that a stranger of whom the field is told has this value too. */
  shareOf(value: string): number;
}

/** An address or number in common by chance: a mistyped one, a relative's phone. One pair of strangers in a million. */
export const BY_CHANCE = 1e-6;

/** People who weren't met, none of whom has any value that was: in a list of ten, a name isn't common because one in ten has it. */
export const UNMET = 50;

/**
 * @param weights what each record counts for: one over the number of records that its person is likely to have
 */
export const countFrequencies = (
  people: readonly Features[],
  weights: Float64Array | undefined,
  comparison: Comparison,
): Frequencies => {
  const counts = new Map<string, number>();
  let total = 0;
  people.forEach((person, index) => {
    const values = comparison.values(person);
    const weight = weights?.[index] ?? 1;
    if (values.length > 0) total += weight;
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + weight);
  });
  const shareOfOne = (value: string): number => {
    const count = counts.get(value) ?? 0;
    // Of what belongs to one person, only what more than one have is worth counting.
    if (comparison.identifying) return Math.min(1, BY_CHANCE + Math.max(0, count - 1) / (total + 1));
    return Math.min(1, (count + 0.5) / (total + UNMET));
  };
  if (!comparison.byWord) return { shareOf: shareOfOne };
  return { shareOf: (value) => value.split(' ').reduce((share, word) => share * shareOfOne(word), 1) };
};
