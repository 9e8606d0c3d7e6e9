import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Engine } from '../../../../test/support/engine.js';
import { sampleHistory } from '../../../../test/support/sample-history.js';
import { mendedProjection, sampleProjection } from '../../../../test/support/sample-projection.js';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { setCheckpointState } from '../checkpoints/checkpoint-store.js';
import { listDeadLetters, requestReplay } from '../checkpoints/dead-letters.js';
import { ReadModelGate } from './read-model-gate.js';

const projection = sampleProjection();
const id = { projection: projection.name, version: projection.version, build: 1 };
const LONG = 10_000;

describe('The gate before a read model', () => {
  let scratch: ScratchDatabase;
  let engine: Engine;
  let gate: ReadModelGate;
  beforeEach(async () => {
    scratch = await scratchDatabase();
    engine = new Engine(scratch.database);
    gate = new ReadModelGate(scratch.database);
  });
  afterEach(async () => {
    await engine.stop();
    await gate.onApplicationShutdown();
    await scratch.drop();
  });

  it('opens when the read model has reached the position, and never before', async () => {
    engine.host(projection);
    for (let i = 0; i < 30; i++) {
      const position = engine.log.append(...sampleHistory(2, i));
      expect(await gate.waitFor(projection.name, position, LONG)).toBe('reached');
      expect((await engine.checkpoint(projection))?.position.commit).toBeGreaterThanOrEqual(position.commit);
    }
  });

  it('lets many wait at once', async () => {
    const positions = Array.from({ length: 50 }, (_, i) => engine.log.append(...sampleHistory(2, i)));
    const answers = positions.map((position) => gate.waitFor(projection.name, position, LONG));
    engine.host(projection);
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['reached']));
  });

  it('has whoever works on it take no rest', async () => {
    const forEver = 10 * LONG;
    engine.host(projection, { lingerMs: forEver, batchEveryMs: forEver, ignoredEveryMs: forEver, restFactor: 0 });
    for (let i = 0; i < 5; i++) {
      const position = engine.log.append(...sampleHistory(2, i));
      expect(await gate.waitFor(projection.name, position, LONG)).toBe('reached');
    }
    const nothingOfIts = engine.log.append({ type: 'account.renamed', data: { id: 'account-1' } });
    expect(await gate.waitFor(projection.name, nothingOfIts, LONG)).toBe('reached');
  });

  it('gives up in time', async () => {
    engine.host(projection);
    const { commit } = engine.log.append(...sampleHistory(10));
    const started = Date.now();
    expect(await gate.waitFor(projection.name, { commit: commit + 1n, prepare: commit + 1n }, 300)).toBe('behind');
    expect(await gate.waitFor('nothing-of-that-name', { commit, prepare: commit }, 50)).toBe('behind');
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  it('does not wait for a paused one, and tells whoever waits already', async () => {
    engine.host(projection);
    const position = engine.log.append(...sampleHistory(10));
    await gate.waitFor(projection.name, position, LONG);
    const next = { commit: position.commit + 1n, prepare: position.prepare + 1n };
    const waiting = gate.waitFor(projection.name, next, LONG);
    await setCheckpointState(scratch.database, id, 'paused', 'operator');
    expect(await waiting).toBe('paused');
    expect(await gate.waitFor(projection.name, next, LONG)).toBe('paused');
    expect(await gate.waitFor(projection.name, position, LONG)).toBe('reached');
  });

  it('stays shut for what was set aside and for whom it is about, opens for everybody else, and for all once it was taken up', async () => {
    const credited = (streamId: string, amount: number) => ({
      type: 'account.credited',
      streamId,
      data: { id: streamId, amount },
    });
    engine.host(projection);
    const before = engine.log.append(credited('a', 1));
    const failed = engine.log.append(credited('a', -1));
    // The last event of a command needn't be the one that failed, nor one that changes a row.
    const last = engine.log.append(credited('a', -1), { type: 'account.renamed', streamId: 'a' });
    const others = engine.log.append(credited('b', 1));
    const asked = async (from: ReadModelGate) => [
      await from.waitFor(projection.name, before, LONG),
      await from.waitFor(projection.name, failed, LONG),
      await from.waitFor(projection.name, last, LONG),
      await from.waitFor(projection.name, others, LONG),
      await from.waitFor(projection.name, others, LONG, ['b']),
      await from.waitFor(projection.name, others, LONG, ['b', 'a']),
      await from.waitFor(projection.name, before, LONG, ['a']),
    ];
    const expected = ['reached', 'set-aside', 'set-aside', 'reached', 'reached', 'set-aside', 'reached'];
    expect(await asked(gate)).toEqual(expected);
    const fresh = new ReadModelGate(scratch.database);
    expect(await asked(fresh)).toEqual(expected);
    await fresh.onApplicationShutdown();

    await engine.stop();
    engine.host(mendedProjection(projection));
    await requestReplay(scratch.database, projection.name);
    await until('the replay', async () => (await listDeadLetters(scratch.database)).length === 0);
    expect(new Set(await asked(gate))).toEqual(new Set(['reached']));
  });

  it('looks for nothing that was set aside where nothing is', async () => {
    engine.host(projection);
    const looked = jest.spyOn(scratch.database, 'query');
    for (let i = 0; i < 5; i++) {
      const position = engine.log.append(...sampleHistory(2, i));
      await engine.reached(projection, position);
      await gate.waitFor(projection.name, position, LONG, ['account-1']);
    }
    const statements = looked.mock.calls.map(([sql]) => sql);
    expect(statements.filter((sql) => sql.includes('dead_letters d USING'))).toEqual([]);
  });

  it('goes on by asking while its connection is cut', async () => {
    engine.host(projection);
    await gate.waitFor(projection.name, engine.log.append(...sampleHistory(2)), LONG);
    for (let i = 0; i < 5; i++) {
      await scratch.database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'rapport-progress'`,
      );
      expect(await gate.waitFor(projection.name, engine.log.append(...sampleHistory(2, i)), LONG)).toBe('reached');
    }
  });
});
