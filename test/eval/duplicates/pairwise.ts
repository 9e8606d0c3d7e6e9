/** How well groups agree with who is who, counted in pairs of records. Each is 0 to 1. */
export interface Pairwise {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly found: number;
  readonly right: number;
  readonly real: number;
}

const pairsOf = (size: number): number => (size * (size - 1)) / 2;

/**
 * @param clusters records by index; one that's in no group is alone
 * @param truth of each record, who it is; a record of whom nobody said isn't counted
 */
export const pairwise = (
  clusters: readonly (readonly number[])[],
  truth: readonly (string | undefined)[],
): Pairwise => {
  const sizes = new Map<string, number>();
  for (const person of truth) if (person !== undefined) sizes.set(person, (sizes.get(person) ?? 0) + 1);
  let real = 0;
  for (const size of sizes.values()) real += pairsOf(size);
  let [found, right] = [0, 0];
  for (const cluster of clusters) {
    const within = new Map<string, number>();
    for (const record of cluster) {
      const person = truth[record];
      if (person !== undefined) within.set(person, (within.get(person) ?? 0) + 1);
    }
    found += pairsOf([...within.values()].reduce((sum, size) => sum + size, 0));
    for (const size of within.values()) right += pairsOf(size);
  }
  const precision = found === 0 ? 1 : right / found;
  const recall = real === 0 ? 1 : right / real;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    found,
    right,
    real,
  };
};
