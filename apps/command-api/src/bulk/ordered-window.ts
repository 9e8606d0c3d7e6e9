import { setImmediate as turn } from 'node:timers/promises';

/** How much may be under way at once. One item always fits. */
export interface WindowLimits {
  readonly items: number;
  readonly bytes: number;
}

/** The next input, asked for one at a time. */
class Intake<In> {
  arrived: IteratorResult<In> | undefined;
  /** Until it has arrived; rejects if the source breaks. */
  coming: Promise<void> | undefined;

  constructor(private readonly source: AsyncIterator<In>) {
    this.ask();
  }

  take(): void {
    this.arrived = undefined;
    this.ask();
  }

  private ask(): void {
    this.coming = this.source.next().then((next) => {
      this.arrived = next;
      this.coming = undefined;
    });
    // It may break while nobody waits for it; who waits next finds out.
    this.coming.catch(() => undefined);
  }
}

class Slot<Out> {
  /** Set once it's there. */
  outcome: { readonly value: Out } | undefined;
  readonly settled: Promise<void>;

  constructor(
    readonly bytes: number,
    work: Promise<Out>,
  ) {
    this.settled = work.then((value) => void (this.outcome = { value }));
  }
}

/**
 * Works on many inputs at once and gives the outcomes in the order of the inputs, each as soon as it and those before
 * it are there; those that are due together come together. It takes an input only when there's room in the window.
 * @param work must not reject: a failure is an outcome
 */
export async function* orderedWindow<In extends { readonly bytes: number }, Out>(
  inputs: AsyncIterable<In>,
  work: (input: In) => Promise<Out>,
  limits: WindowLimits,
): AsyncGenerator<readonly Out[]> {
  const iterator = inputs[Symbol.asyncIterator]();
  const intake = new Intake(iterator);
  let slots: Slot<Out>[] = [];
  let bytes = 0;
  const hasRoom = (more: number): boolean =>
    slots.length === 0 || (slots.length < limits.items && bytes + more <= limits.bytes);

  try {
    for (;;) {
      // 1. Start what has arrived, if it fits.
      const next = intake.arrived;
      if (next && !next.done && hasRoom(next.value.bytes)) {
        bytes += next.value.bytes;
        slots.push(new Slot(next.value.bytes, work(next.value)));
        intake.take();
      }
      // 2. Give what's due. A turn later more is: it goes together, or each line would be a packet of its own.
      if (slots[0]?.outcome) {
        await turn();
        const waiting = slots.findIndex(({ outcome }) => outcome === undefined);
        const due = slots.slice(0, waiting < 0 ? slots.length : waiting);
        slots = slots.slice(due.length);
        for (const slot of due) bytes -= slot.bytes;
        yield due.flatMap(({ outcome }) => (outcome ? [outcome.value] : []));
        continue;
      }
      // 3. Wait for an input or for the first outcome.
      if (slots.length === 0 && intake.arrived?.done) return;
      await Promise.race([intake.coming, slots[0]?.settled].filter((promise) => promise !== undefined));
    }
  } finally {
    // The reader went away: so may the source.
    await iterator.return?.();
  }
}
