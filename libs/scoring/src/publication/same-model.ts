import type { ScoringModel } from '../model.js';

const canonical = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Object.entries(value)
        .map(([key, inner]) => [key, canonical(inner)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));

/** Whether two documents say the same, whatever the order of their fields. */
export const isSameModel = (a: ScoringModel, b: ScoringModel): boolean =>
  JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
