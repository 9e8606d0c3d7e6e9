/** Something that must work before this process can serve. */
export interface ReadinessCheck {
  /** As it's shown, e.g. `postgresql`. */
  readonly name: string;
  /** Rejects if it doesn't work. */
  check(): Promise<unknown>;
}

export const READINESS_CHECKS = Symbol('ReadinessChecks');

/** A check that takes longer counts as failed. */
export const CHECK_MILLISECONDS = 2_000;

/** Whether it passed in time. */
export const passes = async (check: ReadinessCheck): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_MILLISECONDS);
  });
  try {
    return await Promise.race([
      check.check().then(
        () => true,
        () => false,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
};
