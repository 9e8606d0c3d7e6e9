import { describe, expect, it } from '@jest/globals';
import {
  comparePositions,
  Coalescer,
  decodePosition,
  encodePosition,
  isUuid,
  newId,
  START,
  uuidFromBytes,
} from './index.js';

describe('Position tokens', () => {
  it('come back as they were, and anything else is no token', () => {
    const position = { commit: 18_446_744_073_709_551_615n, prepare: 7n };
    expect(decodePosition(encodePosition(position))).toEqual(position);
    for (const bad of ['', 'p1-1', 'p2-1-1', 'p1--1-1', 'p1-1-1 ', 'p1-123456789012345678901-1'])
      expect(decodePosition(bad)).toBeUndefined();
  });

  it('are ordered by commit, then prepare', () => {
    expect(comparePositions(START, { commit: 1n, prepare: 0n })).toBeLessThan(0);
    expect(comparePositions({ commit: 1n, prepare: 2n }, { commit: 1n, prepare: 1n })).toBeGreaterThan(0);
    expect(comparePositions(START, START)).toBe(0);
  });
});

describe('Ids', () => {
  it('are UUIDs, random or from the same bytes', () => {
    expect(isUuid(newId())).toBe(true);
    expect(newId()).not.toBe(newId());
    expect(uuidFromBytes(new Uint8Array(16))).toBe('00000000-0000-8000-8000-000000000000');
    expect(uuidFromBytes(new Uint8Array(32).fill(255))).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff');
    const digest = Buffer.alloc(32, 255);
    uuidFromBytes(digest);
    expect(digest).toEqual(Buffer.alloc(32, 255));
    expect(isUuid(uuidFromBytes(Uint8Array.from({ length: 16 }, (_, i) => i)))).toBe(true);
    expect(isUuid(newId().toUpperCase())).toBe(false);
    expect(isUuid('ada@example.org')).toBe(false);
  });
});

describe('A coalescer', () => {
  it('joins what arrives while it works, and answers each in order', async () => {
    const batches: number[][] = [];
    const coalescer = new Coalescer<number, number>(async (inputs) => {
      batches.push([...inputs]);
      await Promise.resolve();
      return inputs.map((n) => n * 2);
    });
    const first = [1, 2].map((n) => coalescer.call(n));
    await Promise.all(first);
    expect(await Promise.all([coalescer.call(3), coalescer.call(4), ...first])).toEqual([6, 8, 2, 4]);
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('gives a failure to all of its batch, and goes on', async () => {
    let fails = true;
    const coalescer = new Coalescer<number, number>(async (inputs) => {
      if (fails) throw new Error('away');
      return inputs;
    });
    const answers = await Promise.allSettled([coalescer.call(1), coalescer.call(2)]);
    expect(answers.map((answer) => answer.status === 'rejected' && String(answer.reason))).toEqual([
      'Error: away',
      'Error: away',
    ]);
    fails = false;
    expect(await coalescer.call(3)).toBe(3);
  });

  it('rejects all where the work gives an output too few', async () => {
    const coalescer = new Coalescer<number, number>((inputs) => Promise.resolve(inputs.slice(1)));
    await expect(Promise.all([coalescer.call(1), coalescer.call(2)])).rejects.toThrow('2 inputs gave 1 outputs');
  });

  it('takes no more at once than its limit, and keeps the order', async () => {
    const batches: number[][] = [];
    const coalescer = new Coalescer<number, number>((inputs) => {
      batches.push([...inputs]);
      return Promise.resolve(inputs);
    }, 2);
    expect(await Promise.all([1, 2, 3, 4, 5].map((n) => coalescer.call(n)))).toEqual([1, 2, 3, 4, 5]);
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('joins calls that come while a batch is under way', async () => {
    const batches: number[][] = [];
    let finishFirst = (): void => undefined;
    let entered = (): void => undefined;
    const underWay = new Promise<void>((resolve) => (entered = resolve));
    const gate = new Promise<void>((resolve) => (finishFirst = resolve));
    const coalescer = new Coalescer<number, number>(async (inputs) => {
      batches.push([...inputs]);
      entered();
      await gate;
      return inputs;
    });
    const first = coalescer.call(1);
    await underWay;
    const later = [coalescer.call(2), coalescer.call(3)];
    expect(batches).toEqual([[1]]);
    finishFirst();
    expect(await Promise.all([first, ...later])).toEqual([1, 2, 3]);
    expect(batches).toEqual([[1], [2, 3]]);
  });
});
