import { between, covered, type IntervalSet } from './interval-set.js';

export const DAY_MILLISECONDS = 24 * 3_600_000;

/** A length of time: calendar months in UTC, or days of 24 hours. */
export type Period = { readonly months: number } | { readonly days: number };

/** Months since January of the year 0. */
const monthOf = (instant: number): number => {
  const date = new Date(instant);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const startOf = (month: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
  return date.getTime();
};
const daysIn = (month: number): number => (startOf(month + 1) - startOf(month)) / DAY_MILLISECONDS;

/** The same day and time so many calendar months earlier, in UTC; the last day of a month that's too short. */
export const monthsBefore = (instant: number, months: number): number => {
  const into = instant - startOf(monthOf(instant));
  const day = Math.floor(into / DAY_MILLISECONDS);
  const month = monthOf(instant) - months;
  return startOf(month) + Math.min(day, daysIn(month) - 1) * DAY_MILLISECONDS + (into - day * DAY_MILLISECONDS);
};

/** The instant that lies a period before another. */
export const before = (instant: number, period: Period): number =>
  'days' in period ? instant - period.days * DAY_MILLISECONDS : monthsBefore(instant, period.months);

/**
 * The instants `t` for which `event` lies a period before `t`, or later: `before(t, period) <= event`.
 *
 * With months it isn't one stretch that ends: several days at the end of a long month lie before the same last day of a
 * short one, each with its own time of day. A month before 30 March 10:00 is 28 February 10:00, earlier than what's a
 * month before 29 March 12:00; so an event of 28 February 11:00 is a month old at noon of the 28th, younger on the
 * morning of the 29th, and a month old again from 11:00 on.
 */
export const notYetOlderThan = (event: number, period: Period): IntervalSet => {
  if ('days' in period) return between(-Infinity, event + period.days * DAY_MILLISECONDS + 1);
  const eventMonth = monthOf(event);
  const into = event - startOf(eventMonth);
  const eventDay = Math.floor(into / DAY_MILLISECONDS);
  const month = eventMonth + period.months;
  const days = daysIn(month);
  // Of a day that this month doesn't have: the whole month isn't so long after it.
  if (eventDay >= days) return between(-Infinity, startOf(month + 1));
  const untilTimeOfDay = into - eventDay * DAY_MILLISECONDS + 1;
  const dayAt = (day: number): number => startOf(month) + day * DAY_MILLISECONDS;
  const stretches = [between(-Infinity, dayAt(eventDay) + untilTimeOfDay)];
  const isLastDay = eventDay === daysIn(eventMonth) - 1;
  const clamped = isLastDay ? days : eventDay;
  for (let day = eventDay + 1; day < clamped; day += 1) {
    stretches.push(between(dayAt(day), dayAt(day) + untilTimeOfDay));
  }
  return covered(stretches);
};
