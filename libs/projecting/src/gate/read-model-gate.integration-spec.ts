import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Engine } from '../../../../test/support/engine.js';
import { sampleHistory } from '../../../../test/support/sample-history.js';
import { sampleProjection } from '../../../../test/support/sample-projection.js';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { setCheckpointState } from '../checkpoints/checkpoint-store.js';
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
