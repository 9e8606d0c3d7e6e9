/** Far more than anything takes: a busy machine is no failure, only one that stands still. */
const BOUND_MILLISECONDS = 45_000;
/** Often, so that whoever waits for a moment to do something at doesn't miss it. */
const POLL_MILLISECONDS = 10;

/** Waits for a state, with a bound: resolves with the first value that isn't undefined, null or false. */
export const until = async <T>(
  what: string,
  look: () => T | Promise<T>,
  withinMilliseconds = BOUND_MILLISECONDS,
): Promise<Exclude<T, undefined | null | false>> => {
  const deadline = performance.now() + withinMilliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found as Exclude<T, undefined | null | false>;
    if (performance.now() > deadline) throw new Error(`Not in ${withinMilliseconds} ms: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
};
