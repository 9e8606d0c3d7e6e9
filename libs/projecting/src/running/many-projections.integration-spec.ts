import type { DomainEvent } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Engine } from '../../../../test/support/engine.js';
import { sampleHistory } from '../../../../test/support/sample-history.js';
import { sampleProjection } from '../../../../test/support/sample-projection.js';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { defineProjection, row } from '../projection.js';
import { defineTable } from '../table.js';
import type { FurtherProjections } from './projection-host.js';

const sample = sampleProjection();
const tallies = defineTable({ name: 'tallies', columns: { id: 'text', moves: 'bigint' }, key: ['id'], indexes: [] });
/** Another read model of the same events. */
const tally = defineProjection<DomainEvent<'account.moved', { from: string }>>({
  name: 'tally',
  version: 1,
  tables: [tallies],
  handlers: {
    'account.moved': {
      needs: ({ data }) => [row(tallies, { id: data.from })],
      apply: ({ data }, rows) => {
        const { moves } = rows.get(tallies, { id: data.from }) ?? { moves: 0n };
        rows.put(tallies, { id: data.from, moves: moves + 1n });
      },
    },
  },
});

describe('Projections of one process', () => {
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

  it('share one reader, and each event is decoded once', async () => {
    const end = engine.log.append(...sampleHistory(400));
    engine.host([sample, tally]);
    await Promise.all([engine.reached(sample, end), engine.reached(tally, end)]);
    expect(engine.log.subscriptions).toBe(1);
    expect(engine.decoder.decoded).toBe(400);
    expect(await engine.drift(sample)).toBeUndefined();
    expect(await engine.drift(tally)).toBeUndefined();
  });

  it('may come while it runs, from the first event of the log on, and go with their tables', async () => {
    let further: FurtherProjections = { projections: [], gone: [] };
    engine.host(sample, {}, () => Promise.resolve(further));
    const begun = engine.log.append(...sampleHistory(200));
    await engine.reached(sample, begun);
    expect(await engine.checkpoint(tally)).toBeUndefined();
    further = { projections: [tally], gone: [] };
    await engine.reached(tally, begun);
    const later = engine.log.append(...sampleHistory(50, 2));
    await Promise.all([engine.reached(sample, later), engine.reached(tally, later)]);
    expect(await engine.drift(tally)).toBeUndefined();
    further = { projections: [], gone: ['tally'] };
    await until('no table of one that went', async () => {
      const left = await scratch.database.query(
        "SELECT FROM information_schema.tables WHERE table_schema = 'read' AND table_name LIKE 'tallies%'",
      );
      return left.length === 0 || undefined;
    });
    expect(await engine.checkpoint(tally)).toBeUndefined();
    await engine.reached(sample, engine.log.append(...sampleHistory(10, 3)));
    expect(await engine.drift(sample)).toBeUndefined();
  });

  it('do not wait for one that hangs, which comes back to the shared reader when it can', async () => {
    engine.host([sample, tally], { leaveAfterMs: 50 });
    const begun = engine.log.append(...sampleHistory(50));
    await Promise.all([engine.reached(sample, begun), engine.reached(tally, begun)]);
    let later = begun;
    await scratch.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE read.tallies_v1 IN ACCESS EXCLUSIVE MODE');
      for (let i = 0; i < 20; i++) later = engine.log.append(...sampleHistory(50, i));
      await engine.reached(sample, later);
      expect((await engine.checkpoint(tally))?.position).toEqual(begun);
      expect(engine.log.open).toBe(2);
    });
    await engine.reached(tally, later);
    engine.log.append(...sampleHistory(5));
    await until('one reader', () => engine.log.open === 1);
    expect(await engine.drift(sample)).toBeUndefined();
    expect(await engine.drift(tally)).toBeUndefined();
  });

  it('do not stop when one of them fails for good', async () => {
    engine.host([sample, tally], { mostParkedScopes: 0 });
    engine.log.append(...sampleHistory(50), { type: 'account.credited', data: { id: 'account-1', amount: -5 } });
    const end = engine.log.append(...sampleHistory(50, 2));
    await engine.reached(tally, end);
    await until('failed', async () => (await engine.checkpoint(sample))?.state === 'failed');
    expect(await engine.drift(tally)).toBeUndefined();
  });
});
