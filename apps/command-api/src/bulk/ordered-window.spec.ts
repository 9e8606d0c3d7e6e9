import { describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { orderedWindow } from './ordered-window.js';

interface Item {
  readonly bytes: number;
  readonly name: string;
}
const item = (name: string, bytes = 1): Item => ({ name, bytes });

/** An input that gives what it's told to, when it's told to. */
class Tap implements AsyncIterable<Item> {
  private readonly ready: Item[] = [];
  private ended = false;
  private wake: () => void = () => undefined;
  taken = 0;
  closed = false;

  give(...items: Item[]): void {
    this.ready.push(...items);
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    try {
      for (;;) {
        const next = this.ready.shift();
        if (next) {
          this.taken += 1;
          yield next;
        } else if (this.ended) return;
        else await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      this.closed = true;
    }
  }
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await turn();
};

describe('orderedWindow', () => {
  it('gives outcomes in the order of the inputs, whichever is done first', async () => {
    const tap = new Tap();
    const finish = new Map<string, () => void>();
    const work = ({ name }: Item) => new Promise<string>((resolve) => finish.set(name, () => resolve(name)));
    const got: string[] = [];
    const reading = (async () => {
      for await (const outcome of orderedWindow(tap, work, { items: 10, bytes: 100 })) got.push(...outcome);
    })();
    tap.give(item('a'), item('b'), item('c'));
    tap.end();
    await settle();
    finish.get('c')?.();
    finish.get('b')?.();
    await settle();
    expect(got).toEqual([]);
    finish.get('a')?.();
    await reading;
    expect(got).toEqual(['a', 'b', 'c']);
  });

  it('gives an outcome as soon as it is due, while the input is still open', async () => {
    const tap = new Tap();
    const outcomes = orderedWindow(tap, ({ name }) => Promise.resolve(name), { items: 10, bytes: 100 });
    tap.give(item('a'));
    expect(await outcomes.next()).toEqual({ done: false, value: ['a'] });
    tap.give(item('b'));
    expect(await outcomes.next()).toEqual({ done: false, value: ['b'] });
    tap.end();
    expect(await outcomes.next()).toMatchObject({ done: true });
  });

  it.each([
    ['items', { items: 2, bytes: 100 }, [item('a'), item('b'), item('c')], 2],
    ['bytes', { items: 9, bytes: 10 }, [item('a', 6), item('b', 4), item('c', 1)], 2],
    ['bytes, but one always fits', { items: 9, bytes: 10 }, [item('a', 99), item('b', 1)], 1],
  ])('starts no more than fits: %s', async (_name, limits, items, started) => {
    const tap = new Tap();
    const begun: string[] = [];
    const work = ({ name }: Item) => {
      begun.push(name);
      return new Promise<string>(() => undefined);
    };
    void orderedWindow(tap, work, limits).next();
    tap.give(...items);
    await settle();
    expect(begun).toHaveLength(started);
    // One more may have been read, to know its size.
    expect(tap.taken).toBeLessThanOrEqual(started + 1);
  });

  it('closes the input when its reader leaves', async () => {
    const tap = new Tap();
    tap.give(item('a'), item('b'));
    const outcomes = orderedWindow(tap, ({ name }) => Promise.resolve(name), { items: 1, bytes: 100 });
    await outcomes.next();
    tap.end();
    await outcomes.return(undefined);
    expect(tap.closed).toBe(true);
  });
});
