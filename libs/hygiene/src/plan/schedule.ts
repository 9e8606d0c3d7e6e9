import type { Schedule } from '../events/plan-events.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS_OF_WEEK = 7;

/** Monday is 1, Sunday 7. */
const weekday = (at: number): number => new Date(at).getUTCDay() || DAYS_OF_WEEK;

const nextOfWeek = ({ day, hour }: Schedule, after: number): number => {
  const midnight = after - (after % DAY);
  const first = midnight + ((day - weekday(midnight) + DAYS_OF_WEEK) % DAYS_OF_WEEK) * DAY + hour * HOUR;
  return first > after ? first : first + DAYS_OF_WEEK * DAY;
};

const nextOfMonth = ({ day, hour }: Schedule, after: number): number => {
  const date = new Date(after);
  const of = (months: number): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, day, hour);
  return of(0) > after ? of(0) : of(1);
};

/** The first time that it's due after an instant. */
export const nextRun = (schedule: Schedule, after: Date): Date => {
  const next = schedule.every === 'week' ? nextOfWeek : nextOfMonth;
  return new Date(next(schedule, after.getTime()));
};

/** How often it's due after an instant and up to another one. */
export const timesDue = (schedule: Schedule, after: Date, upTo: Date): number => {
  let times = 0;
  for (let at = nextRun(schedule, after); at <= upTo; at = nextRun(schedule, at)) times++;
  return times;
};
