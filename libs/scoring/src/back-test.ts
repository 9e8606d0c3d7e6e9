/** Somebody's place in a ranking, and whether what was hoped for came to pass. */
export interface Outcome {
  readonly score: number;
  readonly came: boolean;
}

/** How well a ranking foretold an outcome. */
export interface Foretold {
  readonly people: number;
  /** To whom it came. */
  readonly came: number;
  /** The chance that someone to whom it came ranks above someone to whom it didn't; 0.5 for a coin. Undefined without either. */
  readonly auc: number | undefined;
  /** Of the top tenth: its rate over everybody's. Undefined where it came to nobody. */
  readonly topDecileLift: number | undefined;
  /** Rates of each tenth, the highest scores first. People with equal scores share what comes to them. */
  readonly deciles: readonly number[];
}

const DAY = 24 * 3_600_000;

/** Whether any of these dates is after an instant and at most so many days later. */
export const cameWithin = (dates: readonly Date[] | undefined, from: Date, days: number): boolean =>
  (dates ?? []).some((date) => date > from && date.getTime() <= from.getTime() + days * DAY);

const DECILES = 10;

/** Equal scores count half: by mean ranks (Mann and Whitney). */
const aucOf = (ascending: readonly Outcome[], came: number): number | undefined => {
  const not = ascending.length - came;
  if (came === 0 || not === 0) return undefined;
  let rankSum = 0;
  for (let i = 0; i < ascending.length;) {
    let end = i;
    let hits = 0;
    while (end < ascending.length && ascending[end]?.score === ascending[i]?.score)
      hits += ascending[end++]?.came ? 1 : 0;
    rankSum += hits * ((i + 1 + end) / 2);
    i = end;
  }
  return (rankSum - (came * (came + 1)) / 2) / (came * not);
};

/** Each person's share: those with equal scores are told apart by nothing, so what came to them is spread evenly. */
const spread = (descending: readonly Outcome[]): number[] => {
  const shares: number[] = [];
  for (let i = 0; i < descending.length;) {
    let end = i;
    let hits = 0;
    while (end < descending.length && descending[end]?.score === descending[i]?.score)
      hits += descending[end++]?.came ? 1 : 0;
    for (let k = i; k < end; k++) shares.push(hits / (end - i));
    i = end;
  }
  return shares;
};

/** Measures a ranking against what came. */
export const foretold = (outcomes: readonly Outcome[]): Foretold => {
  const ascending = outcomes.toSorted((a, b) => a.score - b.score);
  const people = ascending.length;
  const came = ascending.filter((one) => one.came).length;
  const shares = spread(ascending.toReversed());
  const deciles = Array.from({ length: Math.min(DECILES, people) }, (_, i, n = Math.min(DECILES, people)) => {
    const part = shares.slice(Math.round((i * people) / n), Math.round(((i + 1) * people) / n));
    return part.length === 0 ? 0 : part.reduce((sum, share) => sum + share, 0) / part.length;
  });
  const base = people === 0 ? 0 : came / people;
  return {
    people,
    came,
    auc: aucOf(ascending, came),
    topDecileLift: base === 0 ? undefined : (deciles[0] ?? 0) / base,
    deciles,
  };
};
