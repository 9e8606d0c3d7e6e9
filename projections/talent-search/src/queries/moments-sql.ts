import { before, normalise, type HappenedLeaf } from '#libs/criteria';
import type { Parameters } from '#libs/read-store';
import { everNumber, monthNumber, monthOf, type MomentKind } from '../moments.js';

interface MomentsScope {
  readonly now: Date;
  readonly p: Parameters;
}

/** A longer time is asked about as if it had no beginning. */
const MOST_MONTHS = 60;

/** The first instant and the last one that's asked about. */
const spanOf = ({ ago, from, to }: HappenedLeaf['happened'], now: Date): { first: number; last: number } => {
  const at = now.getTime();
  return {
    first: Math.max(
      ago === undefined ? -Infinity : before(at, ago.from),
      from === undefined ? -Infinity : Date.parse(from),
    ),
    last: Math.min(at, ago?.to === undefined ? at : before(at, ago.to), to === undefined ? at : Date.parse(to)),
  };
};

/** The months that these instants are in, and all between; undefined for more than an index is asked for. */
const monthsIn = (first: number, last: number): string[] | undefined => {
  if (!Number.isFinite(first)) return undefined;
  const months: string[] = [];
  const month = new Date(first);
  month.setUTCDate(1);
  month.setUTCHours(0, 0, 0, 0);
  for (; month.getTime() <= last; month.setUTCMonth(month.getUTCMonth() + 1)) {
    if (months.length === MOST_MONTHS) return undefined;
    months.push(monthOf(month));
  }
  return months;
};

/** Who had to do in these months with what's asked for by name: all who fulfil the criterion are among them. */
export const momentsSql = ({ happened }: HappenedLeaf, { now, p }: MomentsScope): string[] => {
  const { first, last } = spanOf(happened, now);
  const months = monthsIn(first, last);
  const named = (kind: MomentKind, name: string | undefined): string[] => {
    if (name === undefined) return [];
    const key = normalise(name);
    const numbers = months?.map((month) => monthNumber(kind, key, month)) ?? [everNumber(kind, key)];
    return [`t.moments && ${p.add(numbers.map(String))}::bigint[]`];
  };
  return [...named('topic', happened.topic), ...named('series', happened.series)];
};
