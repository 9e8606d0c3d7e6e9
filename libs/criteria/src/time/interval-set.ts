/** A stretch of time, half-open: `from` is in it, `to` isn't. Epoch milliseconds; infinite where it has no end. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/**
 * A set of instants in its one normal form: intervals in order, none empty, none touching its neighbour. Two sets are
 * equal if their intervals are.
 */
export type IntervalSet = readonly Interval[];

export const NEVER: IntervalSet = [];
export const ALWAYS: IntervalSet = [{ from: -Infinity, to: Infinity }];

/** The instants from `from` on, before `to`. */
export const between = (from: number, to: number): IntervalSet => (from < to ? [{ from, to }] : NEVER);

/** The instants that are in at least `depth` of the sets; with a depth of 1 their union. */
export const covered = (sets: readonly IntervalSet[], depth = 1): IntervalSet => {
  const edges = sets.flatMap((set) =>
    set.flatMap(({ from, to }) => [
      { at: from, step: 1 },
      { at: to, step: -1 },
    ]),
  );
  // Compared, not subtracted: the difference of two infinities isn't a number.
  edges.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const found: Interval[] = [];
  let open = 0;
  let since: number | null = null;
  for (let next = 0; next < edges.length;) {
    const at = edges[next].at;
    // All that begins and ends at one instant counts at once, so that what touches is joined.
    for (; next < edges.length && edges[next].at === at; next += 1) open += edges[next].step;
    if (since === null && open >= depth) since = at;
    else if (since !== null && open < depth) {
      found.push({ from: since, to: at });
      since = null;
    }
  }
  return found;
};

export const union = (...sets: readonly IntervalSet[]): IntervalSet => covered(sets);

/** The instants that are in every one of the sets; of no sets, all there are. */
export const intersection = (...sets: readonly IntervalSet[]): IntervalSet =>
  sets.length === 0 ? ALWAYS : covered(sets, sets.length);

export const complement = (set: IntervalSet): IntervalSet => {
  const found: Interval[] = [];
  let from = -Infinity;
  for (const interval of set) {
    if (from < interval.from) found.push({ from, to: interval.from });
    from = interval.to;
  }
  if (from < Infinity) found.push({ from, to: Infinity });
  return found;
};

export const contains = (set: IntervalSet, at: number): boolean => set.some(({ from, to }) => from <= at && at < to);

/** The first instant after `at` at which it changes whether the set holds; null if it never does. */
export const nextChange = (set: IntervalSet, at: number): number | null => {
  for (const { from, to } of set) {
    if (from > at) return from;
    if (to > at) return to === Infinity ? null : to;
  }
  return null;
};

/** Since when it's been as it is at `at`; null: ever since. */
export const lastChange = (set: IntervalSet, at: number): number | null => {
  let last = -Infinity;
  for (const { from, to } of set) {
    if (from <= at) last = from;
    if (to <= at) last = to;
  }
  return last === -Infinity ? null : last;
};
