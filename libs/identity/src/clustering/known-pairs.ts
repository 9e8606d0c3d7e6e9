import { cluster, type Link } from './cluster.js';

/** Bits of a pair of whom somebody said that they're two people: no group has both, whoever else is likely one person with either. */
export const TWO_PEOPLE = Number.NEGATIVE_INFINITY;

/** Two ids, and the bits for their being one person's. */
export interface KnownPair {
  readonly a: string;
  readonly b: string;
  readonly bits: number;
}

/** A pair that was never kept speaks against its group as much as an ordinary stranger's disagreement in one field. */
const STRANGERS_BITS = 8;

/**
 * Groups of ids that are one person's, where only some pairs are known: those that look at all likely, and those of the
 * same group. @param noEvidence bits of a pair that tells no field in common
 */
export const groupsOf = (pairs: readonly KnownPair[], noEvidence: number, threshold: number): string[][] => {
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort();
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const known = new Map<string, number>();
  const links: Link[] = [];
  for (const { a, b, bits } of pairs) {
    const [low, high] = [indexOf.get(a) ?? 0, indexOf.get(b) ?? 0].sort((x, y) => x - y);
    known.set(`${low} ${high}`, bits);
    if (bits >= threshold) links.push({ a: low, b: high, bits });
  }
  const bitsOf = (a: number, b: number): number =>
    known.get(a < b ? `${a} ${b}` : `${b} ${a}`) ?? noEvidence - STRANGERS_BITS;
  return cluster(links, bitsOf, noEvidence, threshold).map((group) => group.map((index) => ids[index]).sort());
};
