/** Far more than anything takes: a busy machine is no failure, only one that stands still. */
const BOUND_MILLISECONDS = 45_000;
const POLL_MILLISECONDS = 10;

/** Waits for a state, with a bound: resolves with the first value that isn't undefined or false. */
export const until = async <T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>> => {
  const deadline = Date.now() + BOUND_MILLISECONDS;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Not in ${BOUND_MILLISECONDS} ms: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
};
