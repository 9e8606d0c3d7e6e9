import { describe, expect, it } from '@jest/globals';
import { Bulkhead } from './bulkhead.js';
import { Place, waitingAside } from './place.js';

const bulkhead = () => new Bulkhead({ perCaller: 1, total: 1, waitingPerCaller: 10, waitMilliseconds: 60_000 });
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A dear query that reads once it has what it waits for, and goes on until it's released. */
const query = async (room: Bulkhead, waiting: Promise<unknown>, read: () => Promise<void>): Promise<void> => {
  const place = new Place(() => room.enter('caller'));
  await place.take();
  try {
    await place.holdFor(async () => {
      await waitingAside(waiting);
      await read();
    });
  } finally {
    place.end();
  }
};

describe('the place of a dear query', () => {
  it("is another one's while it waits, and one is taken again before it reads", async () => {
    const room = bulkhead();
    const order: string[] = [];
    let arrive = (): void => undefined;
    const late = query(room, new Promise<void>((resolve) => (arrive = resolve)), () =>
      Promise.resolve(void order.push('late')),
    );
    let finish = (): void => undefined;
    const other = query(room, Promise.resolve(), () => {
      order.push('other');
      return new Promise((resolve) => (finish = resolve));
    });
    while (order.length === 0) await settled();
    arrive();
    await settled();
    await settled();
    expect(order).toEqual(['other']);
    finish();
    await Promise.all([late, other]);
    expect(order).toEqual(['other', 'late']);
  });

  it('is kept where there is nothing to wait for', async () => {
    const room = bulkhead();
    const order: string[] = [];
    const read = (name: string) => () => Promise.resolve(void order.push(name));
    await Promise.all(['first', 'second', 'third'].map((name) => query(room, Promise.resolve(), read(name))));
    expect(order).toEqual(['first', 'second', 'third']);
  });

  it('is given back by one that waited in vain', async () => {
    const room = bulkhead();
    const failing = query(
      room,
      settled()
        .then(() => settled())
        .then(() => Promise.reject(new Error('behind'))),
      () => Promise.resolve(),
    );
    await expect(failing).rejects.toThrow('behind');
    await expect(query(room, Promise.resolve(), () => Promise.resolve())).resolves.toBeUndefined();
  });
});
