import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import fc from 'fast-check';
import { Engine } from '../../../../test/support/engine.js';
import { storedEvent, type NewEvent } from '../../../../test/support/memory-log.js';
import { mendedProjection, sampleProjection } from '../../../../test/support/sample-projection.js';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { countDeadLetters, listDeadLetters, requestReplay } from '../checkpoints/dead-letters.js';
import { FencedError, GenerationWriter } from '../checkpoints/generation-writer.js';
import { requestRollback } from '../generations/requests.js';

/** Fails on negative amounts. */
const broken = sampleProjection();
const fixed = mendedProjection(broken);

const opened = (id: string): NewEvent => ({
  type: 'account.opened',
  streamId: id,
  data: { id, labels: [], facts: {} },
});
const credited = (id: string, amount: number): NewEvent => ({
  type: 'account.credited',
  streamId: id,
  data: { id, amount },
});

describe('An event that cannot be taken in', () => {
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

  const replayed = async () => {
    await requestReplay(scratch.database, broken.name);
    await until('the replay', async () =>
      (await listDeadLetters(scratch.database)).every(({ replayRequested }) => !replayRequested),
    );
    return listDeadLetters(scratch.database);
  };

  it('is parked with the later ones of its stream, and all the rest goes on', async () => {
    engine.log.append(opened('a'), opened('b'), credited('a', 1), credited('b', 2));
    const bad = engine.log.append(credited('a', -3));
    const behind = engine.log.append(credited('a', 4));
    engine.host(broken);
    await engine.reached(broken, engine.log.append(credited('b', 5), credited('c', 6)));
    expect(await listDeadLetters(scratch.database)).toMatchObject([
      { position: bad, streamId: 'a', revision: 2, scope: 'a', reason: 'handler-failed', attempts: 1 },
      { position: behind, streamId: 'a', revision: 3, scope: 'a', reason: 'behind', attempts: 1 },
    ]);
    const rows = await scratch.database.query('SELECT id, credits FROM read.accounts ORDER BY id');
    expect(rows).toEqual([
      { id: 'a', credits: 1 },
      { id: 'b', credits: 2 },
    ]);
    expect((await engine.checkpoint(broken))?.state).toBe('running');
  });

  it('stays parked where it fails again, and is tried again as often as it is asked for', async () => {
    engine.log.append(opened('a'), credited('a', -3));
    engine.host(broken);
    await engine.reached(broken, engine.log.append(credited('a', 4)));
    expect(await replayed()).toMatchObject([
      { reason: 'handler-failed', attempts: 2 },
      { reason: 'behind', attempts: 1 },
    ]);
    expect(await replayed()).toMatchObject([{ attempts: 3 }, { attempts: 1 }]);
    expect((await engine.checkpoint(broken))?.state).toBe('running');
  });

  it('gives the rows of an undisturbed run once it is replayed by a program that can, wherever it was', async () => {
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      amount: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 1, max: 9 }) },
        { weight: 1, arbitrary: fc.constant(-7) },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), fc.nat(60), async (steps, later) => {
        engine.log.append(opened('a'), opened('b'), opened('c'));
        engine.log.append(...steps.map(({ id, amount }) => credited(id, amount)));
        engine.host(broken, { batchEvents: 9 });
        await engine.reached(broken, await engine.log.head());
        await engine.stop();
        engine.host(fixed, { batchEvents: 9 });
        engine.log.append(...steps.slice(later).map(({ id, amount }) => credited(id, amount)));
        await engine.reached(fixed, await engine.log.head());
        expect(await replayed()).toEqual([]);
        expect(await engine.drift(fixed)).toBeUndefined();
        // What comes after is taken in at once.
        await engine.reached(fixed, engine.log.append(credited('a', 1), credited('b', -1)));
        expect(await listDeadLetters(scratch.database)).toEqual([]);
        expect(await engine.drift(fixed)).toBeUndefined();
        await engine.stop();
      }),
      { numRuns: 15 },
    );
  });

  it('is parked where PostgreSQL refuses its row, and where it cannot be decoded', async () => {
    engine.log.append(opened('a'), credited('a', 1));
    engine.log.append({ type: 'account.opened', streamId: 'nul', data: { id: 'nul \0', labels: [], facts: {} } });
    engine.decoder.failing.set('account.closed', 'invalid');
    engine.log.append({ type: 'account.closed', streamId: 'a', data: { id: 'a' } });
    engine.host(broken);
    await engine.reached(broken, engine.log.append(opened('b'), opened('a')));
    const letters = await listDeadLetters(scratch.database);
    expect(letters.map(({ scope, reason }) => [scope, reason.replace(/-22.*/, '')])).toEqual([
      ['nul', 'refused'],
      ['a', 'invalid-event'],
      ['a', 'behind'],
    ]);
    engine.decoder.failing.clear();
    expect(await replayed()).toMatchObject([{ scope: 'nul', attempts: 2 }]);
    const rows = await scratch.database.query('SELECT id FROM read.accounts ORDER BY id');
    expect(rows).toEqual([{ id: 'a' }, { id: 'b' }]);
  });

  it('is parked with the later ones of its stream where it does not say whom it is about', async () => {
    const subjectId = newId();
    engine.log.append(opened('a'), opened('b'));
    engine.decoder.failing.set('account.closed', 'invalid');
    engine.log.append({ type: 'account.closed', streamId: 'a', data: { id: 'a' }, subjectId: 'no id \0' });
    engine.host(broken);
    await engine.reached(broken, engine.log.append({ ...credited('a', 1), subjectId }, credited('b', 2)));
    expect(await listDeadLetters(scratch.database)).toMatchObject([
      { streamId: 'a', scope: 'a', reason: 'invalid-event' },
      { streamId: 'a', scope: 'a', reason: 'behind' },
    ]);
    engine.decoder.failing.clear();
    expect(await replayed()).toEqual([]);
    expect(await engine.drift(broken)).toBeUndefined();
  });

  it('is not taken up again by a process that was frozen while another one took it up', async () => {
    engine.log.append(opened('a'), credited('a', -3));
    const at = engine.log.append(credited('a', 4));
    engine.host(broken);
    await engine.reached(broken, at);
    await engine.stop();
    const letters = await listDeadLetters(scratch.database);
    expect(letters).toHaveLength(2);
    engine.host(fixed);
    expect(await replayed()).toEqual([]);
    const zombie = new GenerationWriter(scratch.database, fixed);
    const takeUp = zombie.takeUp(engine.log.events.slice(1).map(storedEvent), letters, at);
    await expect(takeUp).rejects.toBeInstanceOf(FencedError);
    expect(await engine.drift(fixed)).toBeUndefined();
  });

  it('is no concern once a version that takes it in is live, unless the one before comes back', async () => {
    engine.log.append(opened('a'), credited('a', -3));
    engine.host(broken);
    await engine.reached(broken, await engine.log.head());
    await until('the letter', async () => (await listDeadLetters(scratch.database)).length === 1);
    await engine.stop();
    const next = mendedProjection(sampleProjection(2));
    engine.host(next);
    await until('the swap', async () => (await engine.checkpoint(next))?.generation === 'live');
    expect(await listDeadLetters(scratch.database, { projection: broken.name })).toEqual([]);
    expect(await countDeadLetters(scratch.database)).toEqual(new Map());
    expect(await requestReplay(scratch.database)).toBe(0);
    await engine.stop();
    await requestRollback(scratch.database, broken.name);
    expect(await listDeadLetters(scratch.database)).toMatchObject([{ version: 1, replayRequested: false }]);
    expect(await countDeadLetters(scratch.database)).toEqual(new Map([[broken.name, 1]]));
  });

  it('stops the projection where too many things have one: then it is the program that is broken', async () => {
    engine.log.append(...['a', 'b', 'c'].map((id) => credited(id, -1)));
    engine.host(broken, { mostParkedScopes: 2 });
    await until('failed', async () => (await engine.checkpoint(broken))?.state === 'failed');
    expect(await engine.checkpoint(broken)).toMatchObject({ reason: 'handler-failed', position: { commit: 2n } });
    expect(await listDeadLetters(scratch.database)).toHaveLength(2);
  });

  it('stops a projection whose rows span people, which goes on from there once a program can', async () => {
    const spanning = { ...broken, spansPeople: true };
    engine.log.append(opened('a'), opened('b'));
    const bad = engine.log.append(credited('a', -1));
    engine.log.append(credited('b', 1));
    engine.host(spanning);
    await until('failed', async () => (await engine.checkpoint(spanning))?.state === 'failed');
    expect(await engine.checkpoint(spanning)).toMatchObject({ reasonAt: bad, position: { commit: 2n } });
    expect(await listDeadLetters(scratch.database)).toEqual([]);
    await engine.stop();
    engine.host({ ...fixed, spansPeople: true });
    await engine.reached(fixed, await engine.log.head());
    expect(await engine.drift(fixed)).toBeUndefined();
  });

  it('takes what changes no row along, so that whoever caused it learns of it by its position', async () => {
    engine.log.append(opened('a'));
    engine.log.append(credited('a', -3), { type: 'account.renamed', streamId: 'a' });
    engine.host(broken);
    await engine.reached(broken, engine.log.append({ type: 'account.renamed', streamId: 'a' }));
    await engine.reached(broken, engine.log.append({ type: 'account.renamed', streamId: 'b' }));
    expect((await listDeadLetters(scratch.database)).map(({ position }) => position.commit)).toEqual([2n, 3n, 4n]);
    await engine.stop();
    engine.host(fixed);
    expect(await replayed()).toEqual([]);
    expect(await engine.drift(fixed)).toBeUndefined();
  });

  it('stops a generation that is being built', async () => {
    engine.host(broken);
    await engine.reached(broken, engine.log.append(opened('a')));
    await engine.stop();
    const bad = engine.log.append(credited('a', -1));
    const next = sampleProjection(2);
    engine.host(next);
    await until('failed', async () => (await engine.checkpoint(next))?.state === 'failed');
    expect(await engine.checkpoint(next)).toMatchObject({ generation: 'building', reasonAt: bad });
    expect(await listDeadLetters(scratch.database)).toEqual([]);
  });
});
