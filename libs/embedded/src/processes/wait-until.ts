const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

export interface WaitOptions {
  /** The bound. */
  readonly withinMilliseconds: number;
  /** How often to ask; 20 ms unless given. */
  readonly everyMilliseconds?: number;
}

/** Asks until the probe answers something else than `undefined` or `false`; `undefined` once the bound has passed. */
export const waitUntil = async <T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  { withinMilliseconds, everyMilliseconds = 20 }: WaitOptions,
): Promise<T | undefined> => {
  const end = performance.now() + withinMilliseconds;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (performance.now() >= end) return undefined;
    await pause(everyMilliseconds);
  }
};
