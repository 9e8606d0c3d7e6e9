import { Digests, KeyVault } from '#libs/privacy';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { UnmatchedDeliveries, type UnmatchedEvent } from './unmatched-deliveries.js';

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
});
