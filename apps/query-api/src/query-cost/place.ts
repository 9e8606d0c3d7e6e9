import { AsyncLocalStorage } from 'node:async_hooks';

const places = new AsyncLocalStorage<Place>();

/** The place of one dear query among those that are at work. It's held while the query reads, not while it waits. */
export class Place {
  private leave: (() => void) | undefined;
  private aside = 0;
  private ended = false;

  /** @param enter resolves with what gives the place back */
  constructor(private readonly enter: () => Promise<() => void>) {}

  /** Rejects as `enter` does. */
  async take(): Promise<void> {
    const leave = await this.enter();
    if (this.ended) leave();
    else this.leave = leave;
  }

  /** Whatever `work` waits for by `waitingAside`, it waits for outside. */
  holdFor<T>(work: () => T): T {
    return places.run(this, work);
  }

  end(): void {
    this.ended = true;
    this.giveBack();
  }

  /** Gives the place to others until it's there, and takes one again. Where it fails the query is over: none is taken. */
  async waitAside<T>(waiting: Promise<T>): Promise<T> {
    if (this.aside++ === 0) this.giveBack();
    try {
      const found = await waiting;
      if (this.aside === 1) await this.take();
      return found;
    } finally {
      this.aside--;
    }
  }

  private giveBack(): void {
    this.leave?.();
    this.leave = undefined;
  }
}

const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Waits for something that takes no connection of the database. A dear query that has to doesn't keep others out meanwhile;
 * where it's there already the query keeps its place, and doesn't line up again.
 */
export const waitingAside = async <T>(waiting: Promise<T>): Promise<T> => {
  const place = places.getStore();
  if (!place) return waiting;
  let there = false;
  const seen = waiting.then(
    () => void (there = true),
    () => void (there = true),
  );
  await Promise.race([seen, turnOfTheLoop()]);
  return there ? waiting : place.waitAside(waiting);
};
