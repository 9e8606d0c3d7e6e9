import { GenerationWriter, FencedError } from '../checkpoints/generation-writer.js';
import { setCheckpointState } from '../checkpoints/checkpoint-store.js';
import { START } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Engine, quickTuning, silentLogger } from '../../../../test/support/engine.js';
import { MemoryDecoder, storedEvent } from '../../../../test/support/memory-log.js';
import { sampleHistory } from '../../../../test/support/sample-history.js';
import { sampleProjection } from '../../../../test/support/sample-projection.js';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { ProjectionHost } from './projection-host.js';
import type { ProjectionStatus } from './projection-status.js';

const projection = sampleProjection();
const id = { projection: projection.name, version: projection.version, build: 1 };

describe('A projection host', () => {
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

  /** Ends backends of this database, as a crash of theirs would. */
  const terminate = (which: string) =>
    scratch.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${which}`,
    );
  const drift = () => engine.drift(projection);
  const state = () => engine.checkpoint(projection);

  /** The host's status once it knows of its last commit, of which PostgreSQL knows first. */
  const caughtUp = (host: ProjectionHost): Promise<ProjectionStatus> =>
    until('no lag', async () =>
      (await host.status()).find(({ pendingEvents, lagSeconds }) => pendingEvents === 0 && lagSeconds === 0),
    );

  it('catches up, follows live, and shows the rows under the names that queries use', async () => {
    engine.log.append(...sampleHistory(500));
    const host = engine.host(projection);
    await engine.reached(projection, await engine.log.head());
    for (let i = 0; i < 20; i++) await engine.reached(projection, engine.log.append(...sampleHistory(3, 100 + i)));
    const [row] = await scratch.database.query<{ rows: number }>('SELECT count(*)::integer AS rows FROM read.accounts');
    expect(row?.rows).toBeGreaterThan(0);
    expect(await caughtUp(host)).toMatchObject({ state: 'live', lagPositions: 0 });
    expect(await drift()).toBeUndefined();
  });

  it('tells of what it has received and cannot decode', async () => {
    const host = engine.host(projection);
    await engine.reached(projection, engine.log.append(...sampleHistory(20)));
    engine.decoder.away = true;
    engine.log.append(...sampleHistory(3, 2));
    const [stuck] = await until('pending events', async () => {
      const status = await host.status();
      return status[0]?.pendingEvents === 3 ? status : undefined;
    });
    expect(stuck).toMatchObject({ state: 'retrying', lagPositions: 3 });
    expect(stuck?.lagSeconds).toBeGreaterThan(0);
    engine.decoder.away = false;
    await engine.reached(projection, await engine.log.head());
    expect(await caughtUp(host)).toMatchObject({ state: 'live' });
  });

  it('goes on from its checkpoint after a restart, and takes nothing twice', async () => {
    engine.log.append(...sampleHistory(300));
    engine.host(projection);
    await engine.reached(projection, { commit: 60n, prepare: 60n });
    await engine.stop();
    engine.log.append(...sampleHistory(300, 2));
    const before = engine.decoder.decoded;
    const stored = (await state())?.position.commit ?? 0n;
    engine.host(projection);
    await engine.reached(projection, await engine.log.head());
    expect(engine.decoder.decoded - before).toBe(600 - Number(stored));
    expect(await drift()).toBeUndefined();
  });

  it('advances over events that it ignores, at once when nothing more comes', async () => {
    engine.host(projection);
    for (let i = 0; i < 5; i++) await engine.reached(projection, engine.log.append({ type: 'account.renamed' }));
    expect((await state())?.state).toBe('running');
  });

  it('loses and doubles nothing while its connections and its subscriptions are cut', async () => {
    engine.host(projection, { batchEvents: 7 });
    for (let round = 0; round < 12; round++) {
      engine.log.append(...sampleHistory(150, round));
      if (round % 3 === 0) engine.log.dropSubscriptions();
      // Those that write, the election's, or all.
      await terminate(
        ['application_name LIKE $$spec%$$', 'application_name = $$rapport-election$$', 'true'][round % 3] ?? '',
      );
    }
    await engine.reached(projection, await engine.log.head());
    expect(await drift()).toBeUndefined();
  });

  it('works in one process at a time, and another takes over when that one goes', async () => {
    engine.log.append(...sampleHistory(200));
    const first = engine.host(projection);
    await engine.reached(projection, await engine.log.head());
    const second = engine.host(projection);
    await until('a standby', async () => (await second.status())[0]?.state === 'standby');
    await first.stop();
    await engine.reached(projection, engine.log.append(...sampleHistory(50, 3)));
    await until('it to be live', async () => (await second.status())[0]?.state === 'live');
    expect(await drift()).toBeUndefined();
  });

  it('hands over when it loses its election without having stopped', async () => {
    engine.log.append(...sampleHistory(200));
    const hosts = [engine.host(projection), engine.host(projection)];
    await engine.reached(projection, await engine.log.head());
    for (let round = 0; round < 5; round++) {
      await terminate(`application_name = 'rapport-election'`);
      await engine.reached(projection, engine.log.append(...sampleHistory(40, round)));
    }
    const states = (await Promise.all(hosts.map((host) => host.status()))).flat();
    expect(states.filter((one) => one.position !== undefined).length).toBeLessThanOrEqual(1);
    expect(await drift()).toBeUndefined();
  });

  it('stands back where it cannot go on, so that a newer release that stands by takes over', async () => {
    const hostBy = (decoder: MemoryDecoder) => {
      const { database } = scratch;
      const options = { database, log: engine.log, decoder, projections: [projection], logger: silentLogger };
      const host = new ProjectionHost({ ...options, tuning: quickTuning });
      host.start();
      return host;
    };
    const [older, newer] = [new MemoryDecoder(), new MemoryDecoder()];
    older.failing.set('account.closed', 'unknown-version');
    const first = hostBy(older);
    await engine.reached(projection, engine.log.append({ type: 'account.renamed' }));
    const second = hostBy(newer);
    try {
      await until('a standby', async () => (await second.status())[0]?.state === 'standby');
      await engine.reached(projection, engine.log.append({ type: 'account.closed', data: { id: 'a' } }));
      await until('it to be live', async () => (await second.status())[0]?.state === 'live');
      expect((await state())?.state).toBe('running');
    } finally {
      await Promise.all([first.stop(), second.stop()]);
    }
  });

  it('says nothing of a state once it is not elected any more, however late it wakes up', async () => {
    const { database } = scratch;
    const older = new MemoryDecoder();
    older.failing.set('account.closed', 'unknown-version');
    const first = new ProjectionHost({
      database,
      log: engine.log,
      decoder: older,
      projections: [projection],
      logger: silentLogger,
      // Doesn't come back within this spec.
      tuning: { ...quickTuning, firstBackoffMs: 600_000, longestBackoffMs: 600_000 },
    });
    first.start();
    await engine.reached(projection, engine.log.append({ type: 'account.renamed' }));
    /** Whether a statement that begins so waits for the checkpoint's row. */
    const waits = async (begins: string): Promise<boolean> => {
      const rows = await database.query(
        `SELECT FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
        [`${begins}%`],
      );
      return rows.length > 0;
    };
    try {
      await database.transaction(async (tx) => {
        await tx.query('SELECT FROM vault.projection_checkpoints FOR UPDATE');
        engine.log.append({ type: 'account.closed', data: { id: 'a' } });
        await until('the first to write that it is paused', () => waits('WITH changed'));
        await terminate(`application_name = 'rapport-election'`);
        engine.host(projection);
        await until('another to go on', () => waits('WITH moved'));
      });
      await engine.reached(projection, await engine.log.head());
      expect((await state())?.state).toBe('running');
    } finally {
      await first.stop();
    }
  });

  it('is fenced out by a checkpoint that someone else has moved', async () => {
    engine.log.append(...sampleHistory(100));
    engine.host(projection);
    await engine.reached(projection, await engine.log.head());
    const zombie = new GenerationWriter(scratch.database, projection);
    const events = engine.log.events.map(storedEvent);
    const write = zombie.write(events, { from: START, to: await engine.log.head() });
    await expect(write).rejects.toBeInstanceOf(FencedError);
    expect(await drift()).toBeUndefined();
  });

  it('takes up again what someone else has left, where they left it', async () => {
    engine.log.append(...sampleHistory(100));
    engine.host(projection);
    const from = await engine.log.head();
    await engine.reached(projection, from);
    // Another process, which doesn't know that it isn't elected any more, writes the next events.
    const other = new GenerationWriter(scratch.database, projection);
    engine.log.fallSilent();
    const to = engine.log.append(...sampleHistory(30, 9));
    await other.write(engine.log.events.slice(-30).map(storedEvent), { from, to });
    await engine.reached(projection, engine.log.append(...sampleHistory(30, 10)));
    expect(await drift()).toBeUndefined();
  });

  it('passes over unknown event types and remembers the first', async () => {
    engine.decoder.failing.set('account.renamed', 'unknown-type');
    const history = sampleHistory(200);
    engine.log.append(...history);
    engine.host(projection);
    const { firstSkipped } = await engine.reached(projection, await engine.log.head());
    expect(firstSkipped?.commit).toBe(BigInt(history.findIndex(({ type }) => type === 'account.renamed') + 1));
  });

  it('pauses before an event of an unknown version, and goes on with a program that can read it', async () => {
    engine.log.append(...sampleHistory(120), { type: 'account.closed', data: { id: 'account-1' } });
    const at = await engine.log.head();
    engine.decoder.failing.set('account.closed', 'unknown-version');
    const first = engine.log.events.find(({ type }) => type === 'account.closed')?.position ?? at;
    engine.log.append(...sampleHistory(20, 4));
    engine.host(projection);
    await until('paused', async () => (await state())?.state === 'paused');
    expect(await state()).toMatchObject({ reason: 'unknown-version', reasonAt: first });
    expect((await state())?.position.commit).toBe(first.commit - 1n);

    await engine.stop();
    engine.decoder.failing.clear();
    engine.host(projection);
    await engine.reached(projection, await engine.log.head());
    expect((await state())?.reason).toBeUndefined();
    expect(await drift()).toBeUndefined();
  });

  it('pauses at once when an operator says so in the checkpoint, and goes on when they say so', async () => {
    const host = engine.host(projection);
    const paused = engine.log.append(...sampleHistory(20));
    await engine.reached(projection, paused);
    await setCheckpointState(scratch.database, id, 'paused', 'operator');
    const later = engine.log.append(...sampleHistory(20, 2));
    // Only what the worker itself met tells that it has tried to write the later ones.
    await until('the worker to stop', async () => (await host.status())[0]?.state === 'halted');
    expect((await state())?.position).toEqual(paused);
    await setCheckpointState(scratch.database, id, 'running');
    await engine.reached(projection, later);
    expect(await drift()).toBeUndefined();
  });

  it('waits for a database that is not ready yet', async () => {
    await scratch.database.query('ALTER TABLE vault.projection_checkpoints RENAME TO elsewhere');
    engine.log.append(...sampleHistory(20));
    const host = engine.host(projection);
    await until('a failed start', async () => (await host.status())[0]?.state === 'waiting');
    await scratch.database.query('ALTER TABLE vault.elsewhere RENAME TO projection_checkpoints');
    await engine.reached(projection, await engine.log.head());
    expect(await drift()).toBeUndefined();
  });
});
