import type { NewEvent } from './memory-log.js';

/** A generator of numbers from 0 to below `limit` that's the same for the same seed (mulberry32). */
const numbersFrom = (seed: number) => {
  let state = seed;
  return (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
};

/** Events of the sample projection about few accounts, so that every batch meets rows of the last. */
export const sampleHistory = (count: number, seed = 1): NewEvent[] => {
  const number = numbersFrom(seed);
  const id = (): string => `account-${number(20)}`;
  const make: readonly (() => NewEvent)[] = [
    () => ({ type: 'account.opened', data: { id: id(), labels: ['a', 'b"c'], facts: { zz: 1, b: 'x' } } }),
    () => ({ type: 'account.credited', data: { id: id(), amount: number(100) } }),
    () => ({ type: 'account.moved', data: { from: id(), to: id(), amount: number(100) } }),
    () => ({ type: 'account.renamed', data: { id: id() } }),
  ];
  const events: NewEvent[] = [];
  for (let i = 0; i < count; i++) {
    const rare = number(40) === 0;
    const rarely = i % 2 === 0 ? 'account.closed' : 'account.audited';
    const event = rare ? { type: rarely, data: { id: id() } } : make[number(make.length)]?.();
    if (event) events.push(event);
  }
  return events;
};
