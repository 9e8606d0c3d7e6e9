import type { StoredEvent } from '#libs/kernel';
import { DatabaseUnavailableError } from '#libs/read-store';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryLog, storedEvent } from '../../../../test/support/memory-log.js';
import { HandlerFailedError } from '../folding/fold-batch.js';
import { PoisonEventError, writeIsolating } from './write-isolating.js';

const events = (count: number): StoredEvent[] => {
  const log = new MemoryLog();
  log.append(...Array.from({ length: count }, () => ({ type: 'thing.happened' })));
  return log.events.map(storedEvent);
};

const end = { commit: 100n, prepare: 100n };

/** Takes everything but one event, and records what it took and how far it got. */
const writer = (all: readonly StoredEvent[], poison: number, fail: (some: readonly StoredEvent[]) => Error) => {
  const taken: StoredEvent[] = [];
  let reached = 0n;
  return {
    taken,
    reached: () => reached,
    write: (some: readonly StoredEvent[], to: { commit: bigint }) => {
      const bad = all[poison];
      if (bad && some.includes(bad)) return Promise.reject(fail(some));
      taken.push(...some);
      reached = to.commit;
      return Promise.resolve();
    },
  };
};

const refused = Object.assign(new Error('null value'), { code: '23502' });

describe('Writing around a poison event', () => {
  it('writes everything before the event that PostgreSQL refuses, once, and names it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.nat(39), async (count, at) => {
        const poison = at % count;
        const all = events(count);
        const { taken, reached, write } = writer(all, poison, () => refused);
        const failure = await writeIsolating(write, all, end).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(PoisonEventError);
        expect((failure as PoisonEventError).obstacle).toMatchObject({
          reason: 'refused-23502',
          at: all[poison]?.position,
        });
        expect(taken).toEqual(all.slice(0, poison));
        expect(reached()).toBe(BigInt(poison));
      }),
    );
  });

  it('writes everything before the event that a handler fails on', async () => {
    const all = events(9);
    const { taken, write } = writer(all, 4, (some) => {
      const index = some.findIndex((event) => event === all[4]);
      return new HandlerFailedError(index, all[4], new TypeError('x'));
    });
    await expect(writeIsolating(write, all, end)).rejects.toMatchObject({ obstacle: { reason: 'handler-failed' } });
    expect(taken).toEqual(all.slice(0, 4));
  });

  it('blames no event for a database that is away', async () => {
    const all = events(3);
    const { taken, write } = writer(all, 1, () => new DatabaseUnavailableError(undefined));
    await expect(writeIsolating(write, all, end)).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(taken).toEqual([]);
  });
});
