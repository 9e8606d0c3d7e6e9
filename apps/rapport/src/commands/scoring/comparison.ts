import type { Band } from '#libs/scoring';
import type { Trial, TrialScore } from '#projections/engagement';

/** Somebody whom two models rank differently. Places count from 1. */
export interface Moved {
  readonly candidateId: string;
  readonly from: number;
  readonly to: number;
}

/** How two models see the same people at one instant. */
export interface Comparison {
  readonly people: number;
  /** How many are in which band by the first model and by the second. */
  readonly crossings: ReadonlyMap<`${Band} ${Band}`, number>;
  /** Furthest first, up or down. */
  readonly moved: readonly Moved[];
  /** Spearman's rank correlation: 1 for the same order. Undefined for fewer than two people. */
  readonly correlation: number | undefined;
}

/** Places by score; equal scores share the mean of theirs. */
const placesOf = (scores: readonly bigint[]): number[] => {
  const order = scores.map((_, i) => i).sort((a, b) => ((scores[a] ?? 0n) < (scores[b] ?? 0n) ? 1 : -1));
  const places: number[] = [];
  for (let i = 0; i < order.length;) {
    let end = i;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[i] ?? 0]) end++;
    for (const index of order.slice(i, end)) places[index] = (i + 1 + end) / 2;
    i = end;
  }
  return places;
};

const correlationOf = (a: readonly number[], b: readonly number[]): number | undefined => {
  const mean = (a.length + 1) / 2;
  let [both, alone, other] = [0, 0, 0];
  for (const [i, place] of a.entries()) {
    const [x, y] = [place - mean, (b[i] ?? mean) - mean];
    both += x * y;
    alone += x * x;
    other += y * y;
  }
  return alone === 0 || other === 0 ? undefined : both / Math.sqrt(alone * other);
};

const at = (trial: Trial, model: number): TrialScore => {
  const score = trial.scores[model]?.[0];
  if (!score) throw new Error('A trial without a score.');
  return score;
};

/** Compares what two models, tried at one instant, say of everybody with whom anything had happened by then. */
export const compare = (trials: readonly Trial[]): Comparison => {
  const known = trials.filter((trial) => at(trial, 0).known);
  const crossings = new Map<`${Band} ${Band}`, number>();
  for (const trial of known) {
    const key = `${at(trial, 0).band} ${at(trial, 1).band}` as const;
    crossings.set(key, (crossings.get(key) ?? 0) + 1);
  }
  const [before, after] = [0, 1].map((model) => placesOf(known.map((trial) => at(trial, model).units)));
  const moved = known
    .map(({ candidateId }, i) => ({ candidateId, from: before?.[i] ?? 0, to: after?.[i] ?? 0 }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
  return { people: known.length, crossings, moved, correlation: correlationOf(before ?? [], after ?? []) };
};
