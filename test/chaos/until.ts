import { waitUntil } from '#libs/embedded';

/** Longer than a catch-up of all events takes on a busy machine. */
const BOUND_MILLISECONDS = 300_000;

/** Waits for a state; looks often, so that a kill hits where it's meant to. */
export const until = async <T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  withinMilliseconds = BOUND_MILLISECONDS,
): Promise<T> => {
  const found = await waitUntil(probe, { withinMilliseconds, everyMilliseconds: 5 });
  if (found === undefined) throw new Error(`Waited ${withinMilliseconds} ms in vain for ${what}.`);
  return found;
};
