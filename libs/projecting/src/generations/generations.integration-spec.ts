import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Engine } from '../../../../test/support/engine.js';
import { sampleHistory } from '../../../../test/support/sample-history.js';
import { accounts, sampleProjection, transfers } from '../../../../test/support/sample-projection.js';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { readCheckpoints } from '../checkpoints/checkpoint-store.js';
import { defineProjection } from '../projection.js';
import { ensureGeneration } from './generations.js';

const first = sampleProjection(1);
const second = sampleProjection(2);

describe('Generations of a projection', () => {
  let scratch: ScratchDatabase;
  let engine: Engine;
  beforeEach(async () => {
    scratch = await scratchDatabase();
    engine = new Engine(scratch.database);
  });
  afterEach(async () => {
    await engine.stop();
    await scratch.drop();
  });

  const generations = async () =>
    Object.fromEntries(
      (await readCheckpoints(scratch.database)).map(({ version, generation }) => [version, generation]),
    );
  const viewShows = async (): Promise<string> => {
    const [row] = await scratch.database.query<{ shown: string }>(
      `SELECT view_definition AS shown FROM information_schema.views WHERE table_schema = 'read' AND table_name = 'accounts'`,
    );
    return row?.shown ?? '';
  };

  it('are built beside the live one and come into view once they have caught up', async () => {
    engine.log.append(...sampleHistory(300));
    engine.host(first);
    await engine.reached(first, await engine.log.head());
    expect(await generations()).toEqual({ 1: 'live' });
    // Both versions run, as in a rolling upgrade.
    engine.host(second);
    await until('the swap', async () => (await generations())[2] === 'live');
    expect(await generations()).toEqual({ 1: 'retired', 2: 'live' });
    expect(await viewShows()).toContain('accounts_v2');
    await engine.reached(second, engine.log.append(...sampleHistory(50, 2)));
    expect(await engine.drift(second)).toBeUndefined();
  });

  it('leave queries that run all the while without a gap or an error', async () => {
    engine.log.append(...sampleHistory(300));
    engine.host(first);
    await engine.reached(first, await engine.log.head());
    const rows = 'SELECT count(*)::integer AS rows FROM read.accounts';
    const [before] = await scratch.database.query<{ rows: number }>(rows);
    engine.host(second);
    const seen = new Set<number>();
    await until('the swap', async () => {
      const [row] = await scratch.database.query<{ rows: number }>(rows);
      seen.add(row?.rows ?? -1);
      return (await generations())[2] === 'live';
    });
    expect([...seen]).toEqual([before?.rows]);
  });

  it('may have other columns and other tables', async () => {
    engine.log.append(...sampleHistory(50));
    engine.host(first);
    await engine.reached(first, await engine.log.head());
    await engine.stop();
    const { balance: _, ...columns } = accounts.columns;
    const slim = defineProjection({
      name: first.name,
      version: 2,
      tables: [{ ...accounts, columns, indexes: [] }],
      handlers: {},
    });
    engine.host(slim);
    await until('the swap', async () => (await generations())[2] === 'live');
    expect(await viewShows()).not.toContain('balance');
    const [gone] = await scratch.database.query<{ found: string | null }>(
      `SELECT to_regclass('read.${transfers.name}') AS found`,
    );
    expect(gone?.found).toBeNull();
  });

  it('are left alone by a program that is older than the live one', async () => {
    await ensureGeneration(scratch.database, second);
    const host = engine.host(first);
    await until('outdated', async () => (await host.status())[0]?.state === 'outdated');
    expect(await generations()).toEqual({ 2: 'live' });
  });

  it('are made by one of many processes that start at once', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => ensureGeneration(scratch.database, first)));
    expect(made.map((checkpoint) => checkpoint !== 'outdated' && checkpoint.generation)).toEqual([
      'live',
      'live',
      'live',
      'live',
    ]);
  });

  it('start over where a backup brought back the checkpoint and not the rows', async () => {
    engine.log.append(...sampleHistory(100));
    engine.host(first);
    await engine.reached(first, await engine.log.head());
    await engine.stop();
    await scratch.database.query('DROP SCHEMA read CASCADE');
    await scratch.database.query('CREATE SCHEMA read');
    engine.host(first);
    await engine.reached(first, engine.log.append(...sampleHistory(10, 2)));
    expect(await engine.drift(first)).toBeUndefined();
  });
});
