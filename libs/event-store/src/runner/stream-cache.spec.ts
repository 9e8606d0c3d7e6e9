import { START } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { StreamCache } from './stream-cache.js';
import type { StreamState } from './stream-state.js';

const withKeys = (count: number, kept = 0): StreamState<null> => ({
  state: null,
  kept,
  revision: count - 1,
  headHash: null,
  keys: new Map(
    Array.from({ length: count }, (_, n) => [`f:${n}`, { revision: n, position: START, appended: 1 }] as const),
  ),
});
const names = Array.from({ length: 100 }, (_, n) => `engagement-${n}`);
const kept = (cache: StreamCache): string[] => names.filter((name) => cache.get(name) !== undefined);

describe('the cache of streams', () => {
  it('keeps fewer streams the more they have accepted, and those that were used last', () => {
    const short = new StreamCache(1_000_000);
    for (const name of names) short.set(name, withKeys(10));
    expect(kept(short)).toEqual(names);

    const long = new StreamCache(1_000_000);
    for (const name of names) long.set(name, withKeys(200));
    expect(kept(long)).toEqual(names.slice(-14));
  });

  it('keeps fewer streams the more their states keep of their events', () => {
    const cache = new StreamCache(1_000_000);
    for (const name of names) cache.set(name, withKeys(1, 98_000));
    expect(kept(cache)).toEqual(names.slice(-10));
  });

  it('weighs a stream anew that has accepted more', () => {
    const cache = new StreamCache(1_000_000);
    for (const name of names) cache.set(name, withKeys(10));
    const last = names.at(-1) ?? '';
    const before = cache.get<null>(last);
    if (!before) throw new Error('It was set last.');
    for (const [name, key] of withKeys(2_000).keys) before.keys.set(name, key);
    cache.set(last, { ...before, revision: 1_999 });
    expect(kept(cache).length).toBeLessThan(70);
    expect(cache.get(last)?.revision).toBe(1_999);
  });
});
