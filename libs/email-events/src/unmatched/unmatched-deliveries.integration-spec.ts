import { Digests, KeyVault } from '#libs/privacy';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { UNMATCHED_DAYS, UnmatchedDeliveries, type UnmatchedEvent } from './unmatched-deliveries.js';

const secrets = { masterKey: randomBytes(32), indexKey: randomBytes(32) };

const delivery = (n: number): UnmatchedEvent => ({
  provider: 'generic',
  reason: 'unknown-recipient',
  event: { payload: { n } },
  key: [String(n)],
});

describe('Unmatched deliveries', () => {
  let scratch: ScratchDatabase;
  beforeAll(async () => {
    scratch = await scratchDatabase();
  });
  afterAll(() => scratch.drop());

  it('are counted in one order, so that no two processes that get the same ones wait for one another', async () => {
    const { database } = scratch;
    const kept = new UnmatchedDeliveries(database, new Digests(secrets), new KeyVault(database, secrets));
    const [first, second] = [delivery(1), delivery(2)].sort((a, b) => (kept.digestOf(a) < kept.digestOf(b) ? -1 : 1));
    if (!first || !second) throw new Error('There are two.');
    await Promise.all([kept.keep(first), kept.keep(second)]);
    const lock = `SELECT FROM vault.unmatched_deliveries WHERE digest = $1 FOR UPDATE`;
    let again: Promise<unknown> = Promise.resolve();
    await database.transaction(async (tx) => {
      await tx.query(lock, [kept.digestOf(first)]);
      again = Promise.all([kept.keep(second), kept.keep(first)]);
      again.catch(() => undefined);
      await until('the second delivery waits for the first', async () => {
        const waiting = await database.query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return waiting.length > 0;
      });
      await tx.query(lock, [kept.digestOf(second)]);
    });
    await again;
    expect((await kept.list(undefined, 10)).map(({ deliveries }) => deliveries)).toEqual([2, 2]);
  });

  it('are gone with their day: rows that are too old, and those whose key is destroyed', async () => {
    const { database } = scratch;
    const kept = new UnmatchedDeliveries(database, new Digests(secrets), new KeyVault(database, secrets));
    const [old, unreadable, other] = [delivery(11), delivery(12), delivery(13)];
    await Promise.all([old, unreadable, other].map((event) => kept.keep(event)));
    const idOf = async (event: UnmatchedEvent): Promise<string> => {
      const [row] = await database.query<{ id: string }>(
        'SELECT id FROM vault.unmatched_deliveries WHERE digest = $1',
        [kept.digestOf(event)],
      );
      return row?.id ?? 'none';
    };
    await database.query(
      'UPDATE vault.unmatched_deliveries SET received_at = received_at - $2::interval WHERE id = $1',
      [await idOf(old), `${UNMATCHED_DAYS} days 1 hour`],
    );
    await database.query('UPDATE vault.unmatched_deliveries SET key_id = gen_random_uuid() WHERE id = $1', [
      await idOf(unreadable),
    ]);
    await kept.sweep(new Date());
    expect(await idOf(old)).toBe('none');
    expect(await kept.open(await idOf(unreadable))).toBeUndefined();
    expect(await idOf(unreadable)).toBe('none');
    expect(await kept.open(await idOf(other))).toMatchObject({ event: other.event });
    // Once all of a day is gone, so is its key.
    await kept.sweep(new Date(Date.now() + (UNMATCHED_DAYS + 3) * 86_400_000));
    const keys = await database.query<{ destroyed_at: Date | null }>('SELECT destroyed_at FROM vault.subject_keys');
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.every(({ destroyed_at }) => destroyed_at !== null)).toBe(true);
    expect(await kept.list(undefined, 10)).toEqual([]);
  });
});
