import { comparePositions } from '#libs/kernel';
import { qualified, sqlStateOf, type Database, type SqlExecutor } from '#libs/read-store';
import { PROGRESS_CHANNEL } from '../announcing/channels.js';
import { isSameGeneration, type Checkpoint, type Generation, type GenerationId } from '../checkpoints/checkpoint.js';
import { readCheckpoints } from '../checkpoints/checkpoint-store.js';
import type { Projection } from '../projection.js';
import { lockGenerations } from './generations.js';
import { generationTables, READ_SCHEMA } from './table-names.js';
import { pointViews } from './views.js';

/**
 * `behind`: the live generation is further on. `locked`: queries held the views for too long. Both: try again later.
 * `outdated`: a newer version is live, and the generation is no more.
 */
export type SwapOutcome = 'swapped' | 'behind' | 'locked' | 'outdated';

/** Longer, and queries would queue up behind us. */
export const LOCK_TIMEOUT = '200ms';

/** Also ends a rollback, by success or because it's given up. */
export const setGeneration = async (sql: SqlExecutor, id: GenerationId, generation: Generation): Promise<void> => {
  await sql.query(
    `UPDATE vault.projection_checkpoints SET generation = $4, brought_back = false, updated_at = now()
     WHERE projection = $1 AND version = $2 AND build = $3`,
    [id.projection, id.version, id.build, generation],
  );
};

/** What a program of an earlier version had begun to build before a newer version came into view. A rollback is asked for. */
const isOutdated = ({ generation, broughtBack, version }: Checkpoint, live: Checkpoint | undefined): boolean =>
  generation === 'building' && !broughtBack && live !== undefined && version < live.version;

/**
 * Makes a generation that was built beside the live one the live one: all checkpoints of the projection locked, so that none
 * moves meanwhile, and the views in the same transaction. The old tables stay. An earlier version doesn't take a newer one's
 * place unless it's brought back.
 */
export const swapIn = async (database: Database, projection: Projection, id: GenerationId): Promise<SwapOutcome> => {
  const { name } = projection;
  try {
    return await database.transaction(async (tx) => {
      await tx.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
      await lockGenerations(tx, name);
      await tx.query(
        'SELECT FROM vault.projection_checkpoints WHERE projection = $1 ORDER BY projection, version, build FOR UPDATE',
        [name],
      );
      const known = await readCheckpoints(tx, name);
      const own = known.find((one) => isSameGeneration(one, id));
      const live = known.find(({ generation }) => generation === 'live');
      if (!own || own.generation === 'retired')
        throw new Error(`${name} isn't building version ${id.version} any more.`);
      if (own.generation === 'live') return 'swapped';
      if (isOutdated(own, live)) {
        await dropGeneration(tx, own);
        return 'outdated';
      }
      if (live && comparePositions(own.position, live.position) < 0) return 'behind';
      if (live) await setGeneration(tx, live, 'retired');
      await setGeneration(tx, own, 'live');
      for (const table of live?.tables ?? []) {
        if (!own.tables.includes(table)) await tx.query(`DROP VIEW IF EXISTS ${qualified(READ_SCHEMA, table)}`);
      }
      await pointViews(tx, projection, own);
      await tx.query(`SELECT pg_notify('${PROGRESS_CHANNEL}', $1)`, [name]);
      return 'swapped';
    });
  } catch (error) {
    if (sqlStateOf(error) === '55P03') return 'locked';
    throw error;
  }
};

/** The one that was live last, if any: the way back. */
export const lastRetired = async (sql: SqlExecutor, projection: string): Promise<Checkpoint | undefined> => {
  const [last] = await sql.query<{ version: number; build: number }>(
    `SELECT version, build FROM vault.projection_checkpoints WHERE projection = $1 AND generation = 'retired'
     ORDER BY updated_at DESC, version DESC, build DESC LIMIT 1`,
    [projection],
  );
  const known = await readCheckpoints(sql, projection);
  return last && known.find(({ version, build }) => version === last.version && build === last.build);
};

/** Takes a generation that nobody sees away, with its checkpoint and what it has set aside. */
export const dropGeneration = async (sql: SqlExecutor, gone: Checkpoint): Promise<void> => {
  const names = generationTables(gone);
  const id = [gone.projection, gone.version, gone.build];
  for (const from of ['vault.projection_checkpoints', 'vault.dead_letters'])
    await sql.query(`DELETE FROM ${from} WHERE projection = $1 AND version = $2 AND build = $3`, id);
  for (const table of gone.tables)
    await sql.query(`DROP TABLE IF EXISTS ${qualified(names.schema, names.nameOf(table))}`);
};

/**
 * Takes all retired generations away but the last, and what was being built of an earlier version. A query that still reads
 * one isn't waited for: the next swap tries again.
 */
export const dropOlderGenerations = async (database: Database, projection: string): Promise<void> => {
  await database.transaction(async (tx) => {
    await tx.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await lockGenerations(tx, projection);
    const kept = await lastRetired(tx, projection);
    const known = await readCheckpoints(tx, projection);
    const live = known.find(({ generation }) => generation === 'live');
    for (const one of known) {
      const older = one.generation === 'retired' && !(kept && isSameGeneration(one, kept));
      if (older || isOutdated(one, live)) await dropGeneration(tx, one);
    }
  });
};

/** Takes a projection that nobody reads any more away, with all its generations. Queries aren't waited for: it's tried again. */
export const dropProjection = async (database: Database, projection: string): Promise<void> => {
  if (!(await readCheckpoints(database, projection)).length) return;
  await database.transaction(async (tx) => {
    await tx.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await lockGenerations(tx, projection);
    for (const one of await readCheckpoints(tx, projection)) {
      if (one.generation === 'live')
        for (const table of one.tables) await tx.query(`DROP VIEW IF EXISTS ${qualified(READ_SCHEMA, table)}`);
      await dropGeneration(tx, one);
    }
  });
};
