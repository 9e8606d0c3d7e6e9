import { START } from '#libs/kernel';
import type { Decoded } from '#libs/event-store';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ChunkQueue } from './chunk-queue.js';

const limits = {
  batchEvents: 10,
  lingerMs: 250,
  wantedLingerMs: 20,
  batchEveryMs: 15,
  wantedEveryMs: 5,
  paceMsPerEvent: 2,
  restFactor: 3,
};
const chunk = (...commits: number[]) => {
  const at = (commit: number) => ({ commit: BigInt(commit), prepare: BigInt(commit) });
  const items = commits.map((commit) => ({ ok: true, event: { position: at(commit) } }) as unknown as Decoded);
  return { items, upTo: at(commits.at(-1) ?? 0), idle: true };
};

describe('What waits for a projection', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** How many milliseconds pass until a batch is there, and how large it is. */
  const next = async (queue: ChunkQueue): Promise<{ after: number; events: number | undefined } | undefined> => {
    const began = Date.now();
    const found: { after: number; events: number | undefined }[] = [];
    void queue.take().then((batch) => found.push({ after: Date.now() - began, events: batch?.items.length }));
    await jest.advanceTimersByTimeAsync(0);
    while (found.length === 0) await jest.advanceTimersByTimeAsync(1);
    return found[0];
  };

  it('is taken at once when there was nothing for a while, and then a little later, with what came meanwhile', async () => {
    const queue = new ChunkQueue(START, limits);
    queue.push(chunk(1));
    expect(await next(queue)).toEqual({ after: 0, events: 1 });
    queue.push(chunk(2));
    queue.push(chunk(3));
    expect(await next(queue)).toEqual({ after: 15, events: 2 });
    await jest.advanceTimersByTimeAsync(1_000);
    queue.push(chunk(4));
    expect((await next(queue))?.events).toBe(1);
  });

  it('waits longer after many events, and after a batch that took long', async () => {
    const queue = new ChunkQueue(START, limits);
    queue.push(chunk(1, 2, 3, 4, 5, 6, 7, 8, 9));
    await next(queue);
    queue.push(chunk(11));
    expect(await next(queue)).toEqual({ after: 18, events: 1 });
    await jest.advanceTimersByTimeAsync(20);
    queue.push(chunk(12));
    expect(await next(queue)).toEqual({ after: 60, events: 1 });
  });

  it('rests less where somebody waits', async () => {
    const queue = new ChunkQueue(START, limits);
    queue.push(chunk(1, 2, 3, 4, 5, 6, 7, 8, 9));
    await next(queue);
    queue.wanted = true;
    queue.push(chunk(11));
    expect(await next(queue)).toEqual({ after: 5, events: 1 });
    queue.wanted = false;
    queue.push(chunk(12));
    expect(await next(queue)).toEqual({ after: 15, events: 1 });
  });

  it('waits for more that is on its way, and less so where somebody waits', async () => {
    const queue = new ChunkQueue(START, limits);
    queue.push({ ...chunk(1), idle: false });
    expect(await next(queue)).toEqual({ after: 250, events: 1 });
    queue.wanted = true;
    queue.push({ ...chunk(2), idle: false });
    expect(await next(queue)).toEqual({ after: 20, events: 1 });
  });

  it('goes by other limits once it is given them, and forgets no rest over a batch without events', async () => {
    const queue = new ChunkQueue(START, { ...limits, batchEveryMs: 0, paceMsPerEvent: 0 });
    queue.push(chunk(1));
    await next(queue);
    queue.limits = limits;
    queue.push({ items: [], upTo: queue.received, idle: true });
    expect(await next(queue)).toEqual({ after: 15, events: 0 });
    await jest.advanceTimersByTimeAsync(1_000);
    queue.push(chunk(2));
    await next(queue);
    queue.push(chunk(3));
    expect(await next(queue)).toEqual({ after: 15, events: 1 });
  });

  it('rests no longer once somebody waits', async () => {
    const queue = new ChunkQueue(START, limits);
    queue.push(chunk(1));
    await next(queue);
    queue.push(chunk(2));
    setTimeout(() => (queue.wanted = true), 8);
    expect(await next(queue)).toEqual({ after: 8, events: 1 });
  });

  it('does not wait for more than it takes at once', async () => {
    const queue = new ChunkQueue(START, limits);
    queue.push(chunk(1));
    await next(queue);
    queue.push(chunk(...Array.from({ length: 10 }, (_, n) => n + 2)));
    expect(await next(queue)).toEqual({ after: 0, events: 10 });
  });

  it('ends when it is closed', async () => {
    const queue = new ChunkQueue(START, limits);
    const taking = queue.take();
    queue.close();
    await expect(taking).resolves.toBeUndefined();
  });
});
