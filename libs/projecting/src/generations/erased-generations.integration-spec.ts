import { newId, type DomainEvent } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Engine } from '../../../../test/support/engine.js';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { readCheckpoints } from '../checkpoints/checkpoint-store.js';
import { defineProjection, row } from '../projection.js';
import { defineTable } from '../table.js';
import { dropErasedGenerations } from './erased-generations.js';
import { requestRebuild, requestRollback } from './requests.js';

const peopleRows = defineTable({ name: 'people', columns: { id: 'uuid' }, key: ['id'], indexes: [] });
const people = defineProjection<DomainEvent<'account.opened', { id: string }>>({
  name: 'people',
  version: 1,
  tables: [peopleRows],
  handlers: {
    'account.opened': {
      needs: ({ data }) => [row(peopleRows, { id: data.id })],
      apply: ({ data }, rows) => rows.put(peopleRows, { id: data.id }),
    },
  },
});

describe('What was live before the last swap', () => {
  const [kept, erased, unknown] = [newId(), newId(), newId()];
  let scratch: ScratchDatabase;
  let engine: Engine;
  beforeEach(async () => {
    scratch = await scratchDatabase();
    engine = new Engine(scratch.database);
    engine.log.append(...[kept, erased].map((id) => ({ type: 'account.opened', data: { id } })));
    engine.host(people);
    await engine.reached(people, await engine.log.head());
    await requestRebuild(scratch.database, [people]);
    await until('the second build', async () => (await builds())[2] === 'live');
    await engine.stop();
  });
  afterEach(async () => {
    await engine.stop();
    await scratch.drop();
  });

  const builds = async (): Promise<Record<number, string>> =>
    Object.fromEntries((await readCheckpoints(scratch.database)).map(({ build, generation }) => [build, generation]));
  const destroyKeyOf = (id: string): Promise<unknown> =>
    scratch.database.query(
      `INSERT INTO vault.subject_keys (subject_id, key_group, destroyed_at) VALUES ($1, 'identity', now())`,
      [id],
    );

  it('stays, though keys were destroyed of which it has nothing', async () => {
    await destroyKeyOf(unknown);
    expect(await dropErasedGenerations(scratch.database)).toEqual([]);
    expect(await builds()).toEqual({ 1: 'retired', 2: 'live' });
  });

  it('goes once it has what was erased since, and there is no way back then', async () => {
    await destroyKeyOf(erased);
    engine.host(people, { erasedEveryMs: 20 });
    await until('the first build to go', async () => !(1 in (await builds())));
    const [left] = await scratch.database.query("SELECT to_regclass('read.people_v1') AS found");
    expect(left).toEqual({ found: null });
    await expect(requestRollback(scratch.database, people.name)).rejects.toThrow('no earlier generation is kept');
    expect(await builds()).toEqual({ 2: 'live' });
  });

  it('stays while it is being brought back', async () => {
    await requestRollback(scratch.database, people.name);
    await destroyKeyOf(erased);
    expect(await dropErasedGenerations(scratch.database)).toEqual([]);
    expect(await builds()).toEqual({ 1: 'building', 2: 'live' });
  });
});
