/** Resolves after the time, or at once when the signal aborts. Never rejects. */
export const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });

/** Resolves when the promise settles, or after the time. Never rejects. Made for loops: no signal, no listener. */
export const within = (milliseconds: number, promise: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    promise.then(done, done);
  });

/** Grows from try to try, with jitter, so that many who failed at once don't come back at once. */
export class Backoff {
  private failures = 0;

  /** @param firstMilliseconds of the first wait, which doubles up to `longestMilliseconds` */
  constructor(
    private readonly firstMilliseconds: number,
    private readonly longestMilliseconds: number,
  ) {}

  /** How long to wait now, in milliseconds: between half of the step and all of it. */
  next(): number {
    const step = Math.min(this.longestMilliseconds, this.firstMilliseconds * 2 ** this.failures++);
    return step * (0.5 + Math.random() / 2);
  }

  reset(): void {
    this.failures = 0;
  }
}

/** Something to wait for that happens again and again. A `ring` wakes everyone who waits at that moment. */
export class Bell {
  private wake: (() => void) | undefined;
  private ringing: Promise<void> | undefined;
  private readonly waiting = new Set<() => void>();

  ring(): void {
    this.wake?.();
    this.wake = this.ringing = undefined;
    for (const wake of this.waiting) wake();
  }

  /** Resolves at the next `ring`. */
  rung(): Promise<void> {
    this.ringing ??= new Promise((resolve) => (this.wake = resolve));
    return this.ringing;
  }

  /** Resolves at the next `ring`, or after the time, and leaves nothing behind: for a bell that nobody may ever ring. */
  rungWithin(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.waiting.add(wake);
    });
  }

  /** How many wait with a time. */
  get patient(): number {
    return this.waiting.size;
  }
}
