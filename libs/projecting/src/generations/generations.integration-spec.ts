import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Engine } from '../../../../test/support/engine.js';
import { sampleHistory } from '../../../../test/support/sample-history.js';
import { accounts, sampleProjection, transfers } from '../../../../test/support/sample-projection.js';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { readCheckpoints } from '../checkpoints/checkpoint-store.js';
import { defineProjection } from '../projection.js';
import { ensureGeneration } from './generations.js';
import { cancelBuilding, requestRebuild, requestRollback } from './requests.js';
import { swapIn } from './swap.js';

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

  /** The generation of each build of version 1. */
  const builds = async () =>
    Object.fromEntries((await readCheckpoints(scratch.database)).map(({ build, generation }) => [build, generation]));

  it('are built anew on request while events and queries come, one of them slow, and nobody waits, fails or misses a row', async () => {
    engine.log.append(...sampleHistory(3_000));
    engine.host(first);
    await engine.reached(first, await engine.log.head());
    const [before] = await scratch.database.query<{ rows: number }>(
      'SELECT count(*)::integer AS rows FROM read.accounts',
    );

    // Holds the view for longer than the rebuild takes, and is let go once the swap had to wait for it.
    const slow = scratch.database.transaction(async (tx) => {
      await tx.query('SELECT count(*) FROM read.accounts');
      await until('a swap that had to wait', async () => {
        const waits = await scratch.database.query(
          `SELECT FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE c.relname = 'accounts' AND NOT l.granted`,
        );
        return waits.length > 0;
      });
      return (await tx.query<{ rows: number }>('SELECT count(*)::integer AS rows FROM read.accounts'))[0]?.rows;
    });

    await requestRebuild(scratch.database, [first]);
    let longest = 0;
    let fewest = Infinity;
    let round = 0;
    await until('the swap', async () => {
      engine.log.append(...sampleHistory(5, ++round + 10));
      const asked = performance.now();
      const [row] = await scratch.database.query<{ rows: number }>(
        'SELECT count(*)::integer AS rows FROM read.accounts',
      );
      longest = Math.max(longest, performance.now() - asked);
      fewest = Math.min(fewest, row?.rows ?? 0);
      return (await builds())[2] === 'live';
    });
    expect(longest).toBeLessThan(1_000);
    // Accounts are closed too, but not half of them at a time: a model that's half built would show.
    expect(await slow).toBeGreaterThan((before?.rows ?? Infinity) / 2);
    expect(fewest).toBeGreaterThan((before?.rows ?? 0) / 2);
    expect(await builds()).toEqual({ 1: 'retired', 2: 'live' });
    expect(await viewShows()).toContain('accounts_v1_b2');
    await engine.reached(first, engine.log.append(...sampleHistory(50, 2)), 2);
    expect(await engine.drift(first, undefined, 2)).toBeUndefined();
  });

  it('come back on request, with all that has happened since, and the one before them is let go', async () => {
    engine.log.append(...sampleHistory(200));
    engine.host(first);
    await engine.reached(first, await engine.log.head());
    await requestRebuild(scratch.database, [first]);
    await until('the second build', async () => (await builds())[2] === 'live');
    await engine.reached(first, engine.log.append(...sampleHistory(80, 2)), 2);

    await requestRollback(scratch.database, first.name);
    await until('the first build', async () => (await builds())[1] === 'live');
    expect(await builds()).toEqual({ 1: 'live', 2: 'retired' });
    expect(await viewShows()).not.toContain('_b2');
    await engine.reached(first, engine.log.append(...sampleHistory(10, 3)));
    expect(await engine.drift(first)).toBeUndefined();

    await requestRebuild(scratch.database, [first]);
    await until('the third build', async () => (await builds())[3] === 'live' && !(2 in (await builds())));
    const [dropped] = await scratch.database.query<{ found: string | null }>(
      `SELECT to_regclass('read.accounts_v1_b2') AS found`,
    );
    expect(dropped?.found).toBeNull();
    expect(await builds()).toEqual({ 1: 'retired', 3: 'live' });
  });

  it('that come back can be left as they were, and a rebuild waits until that is settled', async () => {
    engine.log.append(...sampleHistory(100));
    engine.host(first);
    await engine.reached(first, await engine.log.head());
    await requestRebuild(scratch.database, [first]);
    await until('the second build', async () => (await builds())[2] === 'live');
    await engine.stop();

    await requestRollback(scratch.database, first.name);
    await expect(requestRebuild(scratch.database, [first])).rejects.toThrow(
      /a rollback is under way, to version 1, build 1\..* --cancel$/,
    );
    await expect(requestRollback(scratch.database, first.name)).rejects.toThrow('a rollback is under way');
    expect(await cancelBuilding(scratch.database, first.name)).toBe(true);
    expect(await builds()).toEqual({ 1: 'retired', 2: 'live' });
    expect(await cancelBuilding(scratch.database, first.name)).toBe(false);

    // The way back is still there, and once it was gone a rebuild is one again.
    await requestRollback(scratch.database, first.name);
    engine.host(first);
    await until('the first build', async () => (await builds())[1] === 'live');
    await engine.reached(first, engine.log.append(...sampleHistory(10, 2)));
    expect(await engine.drift(first)).toBeUndefined();
    await requestRebuild(scratch.database, [first]);
    await until('the third build', async () => (await builds())[3] === 'live');
  });

  it('of an older version come back where a program that has it runs', async () => {
    engine.log.append(...sampleHistory(100));
    const old = engine.host(first);
    await engine.reached(first, await engine.log.head());
    engine.host(second);
    await until('the new version', async () => (await generations())[2] === 'live');
    await until('outdated', async () => (await old.status())[0]?.state === 'outdated');
    const to = engine.log.append(...sampleHistory(60, 2));

    await requestRollback(scratch.database, first.name);
    await until('the old version', async () => (await generations())[1] === 'live');
    expect(await generations()).toEqual({ 1: 'live', 2: 'retired' });
    await engine.reached(first, to);
    expect(await engine.drift(first)).toBeUndefined();
  });

  it('stop at an event that they can not take in, leave the live one alone, and are begun anew on request', async () => {
    engine.log.append(...sampleHistory(100));
    engine.host(first);
    await engine.reached(first, await engine.log.head());
    engine.decoder.failing.set('account.credited', 'invalid');
    await requestRebuild(scratch.database, [first]);
    const stopped = await until('the stop', async () => {
      const checkpoint = await engine.checkpoint(first, 2);
      return checkpoint?.state === 'failed' ? checkpoint : undefined;
    });
    expect(stopped).toMatchObject({ generation: 'building', reason: 'invalid-event' });
    expect((await engine.checkpoint(first))?.generation).toBe('live');

    engine.decoder.failing.clear();
    await requestRebuild(scratch.database, [first]);
    await until('the second try', async () => (await builds())[3] === 'live');
    expect(await engine.drift(first, undefined, 3)).toBeUndefined();
  });

  it('that are being built can be let go, and two requests are one', async () => {
    await ensureGeneration(scratch.database, first);
    const [one, other] = await Promise.all([
      requestRebuild(scratch.database, [first]),
      requestRebuild(scratch.database, [first]),
    ]);
    expect(one).toEqual([{ projection: first.name, version: 1, build: 2 }]);
    expect(other).toMatchObject([{ build: 2 }]);
    await expect(requestRollback(scratch.database, first.name)).rejects.toThrow('is being built');
    expect(await cancelBuilding(scratch.database, first.name)).toBe(true);
    expect(await cancelBuilding(scratch.database, first.name)).toBe(false);
    expect(await builds()).toEqual({ 1: 'live' });
    await expect(requestRollback(scratch.database, first.name)).rejects.toThrow('no earlier generation');
    await expect(requestRebuild(scratch.database, [second])).rejects.toThrow('version 1 is live');
  });

  it('of an earlier version do not take the place of a newer one, and are no build of it', async () => {
    const all = async () =>
      (await readCheckpoints(scratch.database)).map(({ version, build, generation }) => [version, build, generation]);
    engine.log.append(...sampleHistory(100));
    await ensureGeneration(scratch.database, first);
    await requestRebuild(scratch.database, [first]);
    engine.host(second);
    await until('the new version', async () => (await engine.checkpoint(second))?.generation === 'live');
    // What a program of the first version had begun goes with the swap…
    await until('what was begun to go', async () => (await all()).length === 2);
    expect(await all()).toEqual([
      [1, 1, 'retired'],
      [2, 1, 'live'],
    ]);
    const stray = async () => {
      await scratch.database.query(
        `INSERT INTO vault.projection_checkpoints (projection, version, build, generation, commit, prepare, tables)
         VALUES ($1, 1, 2, 'building', 1000, 1000, '{}')`,
        [first.name],
      );
    };
    // … or once it wants to come into view, or at the next request.
    await stray();
    expect(await swapIn(scratch.database, first, { projection: first.name, version: 1, build: 2 })).toBe('outdated');
    expect(await all()).toHaveLength(2);
    await stray();
    expect(await requestRebuild(scratch.database, [second])).toEqual([
      { projection: first.name, version: 2, build: 2 },
    ]);
    await until(
      'the second build',
      async () => (await all()).length === 2 && (await engine.checkpoint(second, 2))?.generation === 'live',
    );
    expect(await all()).toEqual([
      [2, 1, 'retired'],
      [2, 2, 'live'],
    ]);
  });

  it('leave alone what a newer version builds', async () => {
    await ensureGeneration(scratch.database, first);
    await ensureGeneration(scratch.database, second);
    expect(await requestRebuild(scratch.database, [first])).toEqual([{ projection: first.name, version: 1, build: 2 }]);
    expect(await engine.checkpoint(second)).toMatchObject({ generation: 'building' });
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
