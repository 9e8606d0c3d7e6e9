import type { Comparison } from '../matching/comparison.js';
import { comparisons } from '../matching/comparisons.js';
import { BY_CHANCE, UNMET, type Frequencies } from '../matching/frequencies.js';
import type { Features } from '../person/features.js';

/** A value of a compared field, of which it's counted how many records have it; without a value: how many tell the field. */
export interface CountedValue {
  readonly field: string;
  readonly value: string;
}

/** The value that stands for "tells the field at all". */
export const ANY_VALUE = '';

/** How many records have a value. */
export type CountOf = (counted: CountedValue) => number;

/** What of a record is counted: each value once, and that the field is told. */
export const countedValues = (person: Features): CountedValue[] =>
  comparisons.flatMap(({ field, values }) => {
    const told = [...new Set(values(person))];
    return told.length === 0 ? [] : [ANY_VALUE, ...told].map((value) => ({ field, value }));
  });

/** The values whose counts say what one value in common means. */
export const wordsOf = ({ byWord }: Comparison, value: string): readonly string[] =>
  byWord ? value.split(' ') : [value];

/** As many records may be one person's: an address that five have is read by several people. */
const RECORDS_OF_ONE = 4;

/** How rare a value is that a pair has in common, by counts in which both of them are: the pair itself counts once. */
export const frequenciesBy = (comparison: Comparison, countOf: CountOf): Frequencies => {
  const { field, identifying } = comparison;
  const shares = new Map<string, number>();
  const shareOfOne = (value: string): number => {
    const known = shares.get(value) ?? counted(value);
    shares.set(value, known);
    return known;
  };
  const counted = (value: string): number => {
    const count = countOf({ field, value });
    const total = countOf({ field, value: ANY_VALUE });
    if (identifying) return Math.min(1, BY_CHANCE + Math.max(0, count - RECORDS_OF_ONE) / (total + 1));
    return Math.min(1, (Math.max(0, count - 1) + 0.5) / (total + UNMET));
  };
  return { shareOf: (value) => wordsOf(comparison, value).reduce((share, word) => share * shareOfOne(word), 1) };
};
