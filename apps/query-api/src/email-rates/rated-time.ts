import { err, ok, type Result } from '#libs/kernel';

export const DEFAULT_DAYS = 30;
/** A leap year: what's asked of a longer time reads more than one query may. */
export const MOST_DAYS = 366;
const DAY_MILLISECONDS = 24 * 3_600_000;

interface AskedTime {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly asOf?: Date | undefined;
}

export interface RatedTime {
  readonly from: Date;
  /** Later than `from`. */
  readonly to: Date;
}

/** Of which time rates are, where only a part of it was asked for; or why there's none. */
export const ratedTime = (asked: AskedTime, now: Date): Result<RatedTime, 'ends-first' | 'too-long'> => {
  const to = asked.to ?? asked.asOf ?? now;
  const from = asked.from ?? new Date(to.getTime() - DEFAULT_DAYS * DAY_MILLISECONDS);
  if (from >= to) return err('ends-first');
  if (to.getTime() - from.getTime() > MOST_DAYS * DAY_MILLISECONDS) return err('too-long');
  return ok({ from, to });
};
