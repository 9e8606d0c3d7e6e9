/** Two records that are likely one person's, by index, and the bits for it. */
export interface Link {
  readonly a: number;
  readonly b: number;
  readonly bits: number;
}

/** A group that isn't compared each with each any more: whoever would make it larger is left for people to look at. */
const LARGEST = 64;

/**
 * Groups of records that are one person's. Starts from the strongest link and joins two groups only if the links between
 * all their members speak for it on average: one link that happens to be strong doesn't chain strangers together. A pair
 * whose fields agree without being enough of a proof (a name alone) neither speaks for it nor against.
 *
 * @param links pairs at or above the threshold
 * @param bitsOf of any pair, also one that no link was found for
 * @param noEvidence bits of a pair that tells no field in common
 */
export const cluster = (
  links: readonly Link[],
  bitsOf: (a: number, b: number) => number,
  noEvidence: number,
  threshold: number,
): number[][] => {
  const groups = new Map<number, number[]>();
  const groupOf = new Map<number, number>();
  const find = (one: number): number => {
    const known = groupOf.get(one);
    if (known !== undefined) return known;
    groupOf.set(one, one);
    groups.set(one, [one]);
    return one;
  };
  const strongestFirst = [...links].sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b);
  for (const link of strongestFirst) {
    if (link.bits < threshold) break;
    const [into, from] = [find(link.a), find(link.b)];
    if (into === from) continue;
    const [left, right] = [groups.get(into) as number[], groups.get(from) as number[]];
    if (left.length + right.length > LARGEST) continue;
    let [sum, telling] = [0, 0];
    for (const a of left)
      for (const b of right) {
        const bits = bitsOf(a, b);
        const word = bits >= 0 ? bits : Math.min(0, bits - noEvidence);
        if (word === 0) continue;
        sum += word;
        telling += 1;
      }
    if (telling === 0 || sum / telling < threshold) continue;
    for (const one of right) groupOf.set(one, into);
    left.push(...right);
    groups.delete(from);
  }
  return [...groups.values()].filter((group) => group.length > 1);
};
