import type { Clock } from '#libs/kernel';
import { secondsOf } from '../json.js';
import { refused, type WebhookRefusal } from '../email-provider.js';

/** A provider's clock may be this far ahead of ours. */
const AHEAD_MILLISECONDS = 5 * 60_000;

/**
 * How old a delivery may be. Providers try again for up to a day with what they signed first, so theirs is longer than
 * that; a short one would lose what's valid. What's sent again within it is recorded once all the same.
 */
export interface Tolerance {
  readonly clock: Clock;
  readonly seconds: number;
}

/** Undefined for a time that's fresh. */
export const staleness = (at: Date | undefined, { clock, seconds }: Tolerance): WebhookRefusal | undefined => {
  const now = clock.now().getTime();
  const time = at?.getTime() ?? Number.NaN;
  if (time >= now - seconds * 1_000 && time <= now + AHEAD_MILLISECONDS) return undefined;
  return refused(
    'webhook-stale',
    `The time that was signed must be at most ${seconds} seconds old, and no more than 5 minutes ahead of our clock.`,
  ).error;
};

/** Whole seconds since 1970, as headers have them. */
export const headerTime = (seconds: string): Date | undefined =>
  /^\d{1,12}$/.test(seconds) ? secondsOf(seconds) : undefined;
