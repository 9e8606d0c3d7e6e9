import type { DomainEvent } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Engine, silentLogger } from '../../../../test/support/engine.js';
import { sampleHistory } from '../../../../test/support/sample-history.js';
import { sampleProjection } from '../../../../test/support/sample-projection.js';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { defineProjection, row, type Projection } from '../projection.js';
import { defineTable } from '../table.js';
import type { LogDecoder } from '../reading/log-source.js';
import { compareWithLog } from './compare-with-log.js';
import { VerifyUnderWayError } from './one-at-a-time.js';

const sample = sampleProjection();
/** Counts, up to what it can count. */
const counting = (name: string, most: bigint): Projection => {
  const counts = defineTable({ name, columns: { id: 'text', moves: 'bigint' }, key: ['id'], indexes: [] });
  return defineProjection<DomainEvent<'account.moved', { from: string }>>({
    name,
    version: 1,
    tables: [counts],
    handlers: {
      'account.moved': {
        needs: ({ data }) => [row(counts, { id: data.from })],
        apply: ({ data }, rows) => {
          const moves = (rows.get(counts, { id: data.from })?.moves ?? 0n) + 1n;
          if (moves > most) throw new Error('too many');
          rows.put(counts, { id: data.from, moves });
        },
      },
    },
  });
};

describe('Read models, compared with the log', () => {
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

  const compare = async (
    projections: readonly Projection[],
    decoder: LogDecoder = engine.decoder,
  ): Promise<Record<string, string>> => {
    const { database, log } = engine;
    const compared = await compareWithLog(
      { database, log, decoder, logger: silentLogger, batchEvents: 37 },
      projections,
    );
    return Object.fromEntries(compared.map(({ projection, outcome }) => [projection.name, outcome]));
  };
  /** Has something happen while the log is read for the first time. */
  const meanwhile = (happens: () => Promise<unknown>): LogDecoder => {
    let happened: Promise<unknown> | undefined;
    return {
      decodeMany: async (raws) => {
        await (happened ??= happens());
        return engine.decoder.decodeMany(raws);
      },
    };
  };
  const caughtUp = async (): Promise<void> => {
    const end = engine.log.append(...sampleHistory(100));
    engine.host(sample);
    await engine.reached(sample, end);
    await engine.stop();
  };
  const schemas = (): Promise<readonly unknown[]> =>
    scratch.database.query("SELECT FROM pg_namespace WHERE nspname LIKE 'verify_%'");

  it('are told apart, although the log is read once for all', async () => {
    const patient = counting('patient', 1_000n);
    const changed = counting('changed', 1_000n);
    const end = engine.log.append(...sampleHistory(400));
    engine.host([sample, patient, changed]);
    await Promise.all([sample, patient, changed].map((one) => engine.reached(one, end)));
    await scratch.database.query(
      'UPDATE read.changed SET moves = moves + 1 WHERE id = (SELECT min(id) FROM read.changed)',
    );
    const subscribed = engine.log.subscriptions;
    expect(await compare([sample, patient, changed, counting('absent', 1n)])).toEqual({
      sample: 'equal',
      patient: 'equal',
      changed: 'different',
      absent: 'no-rows',
    });
    expect(engine.log.subscriptions - subscribed).toBe(1);
    expect(await schemas()).toEqual([]);
  });

  it('each go as far as its own rows', async () => {
    const patient = counting('patient', 1_000n);
    const begun = engine.log.append(...sampleHistory(100));
    engine.host([sample, patient]);
    await Promise.all([engine.reached(sample, begun), engine.reached(patient, begun)]);
    await engine.stop();
    const later = engine.log.append(...sampleHistory(100, 2));
    engine.host(sample);
    await engine.reached(sample, later);
    expect(await compare([sample, patient])).toEqual({ sample: 'equal', patient: 'equal' });
  });

  it('are compared though one meets what it cannot take in', async () => {
    const impatient = counting('impatient', 1n);
    const end = engine.log.append(...sampleHistory(400));
    engine.host([sample, impatient]);
    await Promise.all([engine.reached(sample, end), engine.reached(impatient, end)]);
    expect(await compare([impatient, sample])).toEqual({ impatient: 'stopped', sample: 'equal' });
    expect(await schemas()).toEqual([]);
  });

  it('are compared by one process at a time, and a second one says so', async () => {
    await caughtUp();
    const second = (): Promise<unknown> => expect(compare([sample])).rejects.toBeInstanceOf(VerifyUnderWayError);
    expect(await compare([sample], meanwhile(second))).toEqual({ sample: 'equal' });
    expect(await compare([sample])).toEqual({ sample: 'equal' });
  });

  it.each([true, false])(
    'are compared again where they differ and keys were destroyed meanwhile: %s',
    async (erased) => {
      await caughtUp();
      // Stands for text that the live rows showed, and that isn't there any more.
      await scratch.database.query('UPDATE read.accounts SET credits = credits + 1');
      const gone = async (): Promise<void> => {
        await scratch.database.query('UPDATE read.accounts SET credits = credits - 1');
        if (!erased) return;
        await scratch.database.query(
          `INSERT INTO vault.subject_keys (subject_id, key_group, destroyed_at) VALUES (gen_random_uuid(), 'narrative', now())`,
        );
      };
      expect(await compare([sample], meanwhile(gone))).toEqual({ sample: erased ? 'equal' : 'different' });
      expect(await schemas()).toEqual([]);
    },
  );
});
