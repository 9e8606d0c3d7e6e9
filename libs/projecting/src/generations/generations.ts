import { comparePositions } from '#libs/kernel';
import { columnList, createTable, qualified, sqlStateOf } from '#libs/read-store';
import type { Database, SqlExecutor, TableSpec } from '#libs/read-store';
import type { Checkpoint } from '../checkpoints/checkpoint.js';
import { PROGRESS_CHANNEL, readCheckpoint, readCheckpoints } from '../checkpoints/checkpoint-store.js';
import type { Projection } from '../projection.js';
import { generationTables, liveTable, READ_SCHEMA, targetOf, type TableNames } from './table-names.js';

/** Two processes that start at once must not both make the tables. */
const lockGenerations = async (sql: SqlExecutor, projection: string): Promise<void> => {
  await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`rapport-generations/${projection}`]);
};

/** Makes empty tables for a projection. They must not exist. */
export const createTables = async (
  sql: SqlExecutor,
  names: TableNames,
  tables: readonly TableSpec[],
): Promise<void> => {
  for (const table of tables) await createTable(sql, names.schema, names.nameOf(table.name), table);
};

/** Columns may differ from those of the last generation, which REPLACE refuses; it spares what lies on top of the view. */
const pointView = async (sql: SqlExecutor, names: TableNames, table: TableSpec): Promise<void> => {
  const view = liveTable(table);
  const body = `VIEW ${view} AS SELECT ${columnList(table)} FROM ${targetOf(names, table)}`;
  await sql.query('SAVEPOINT view');
  try {
    await sql.query(`CREATE OR REPLACE ${body}`);
  } catch (error) {
    if (sqlStateOf(error) !== '42P16') throw error;
    await sql.query('ROLLBACK TO SAVEPOINT view');
    await sql.query(`DROP VIEW ${view}`);
    await sql.query(`CREATE ${body}`);
  }
  await sql.query('RELEASE SAVEPOINT view');
};

const pointViews = async (sql: SqlExecutor, projection: Projection): Promise<void> => {
  for (const table of projection.tables) await pointView(sql, generationTables(projection.version), table);
};

const tablesExist = async (sql: SqlExecutor, projection: Projection): Promise<boolean> => {
  const names = projection.tables.map((table) => targetOf(generationTables(projection.version), table));
  const missing = await sql.query('SELECT FROM unnest($1::text[]) n WHERE to_regclass(n) IS NULL', [names]);
  return missing.length === 0;
};

/** A backup holds the checkpoints and not the rows, which are made again from the log. */
const startOver = async (sql: SqlExecutor, projection: Projection, live: boolean): Promise<void> => {
  const names = generationTables(projection.version);
  for (const table of projection.tables) {
    if (live) await sql.query(`DROP VIEW IF EXISTS ${liveTable(table)}`);
    await sql.query(`DROP TABLE IF EXISTS ${targetOf(names, table)}`);
  }
  await createTables(sql, names, projection.tables);
  if (live) await pointViews(sql, projection);
  await sql.query(
    `UPDATE vault.projection_checkpoints
     SET commit = 0, prepare = 0, event_at = NULL, skipped_commit = NULL, skipped_prepare = NULL
     WHERE projection = $1 AND version = $2`,
    [projection.name, projection.version],
  );
};

/**
 * The generation that this version of a projection folds into. Makes its tables where there are none: the first one is
 * live at once, a newer one is built beside the live one. `outdated` where a newer version is live already.
 */
export const ensureGeneration = (database: Database, projection: Projection): Promise<Checkpoint | 'outdated'> =>
  database.transaction(async (tx) => {
    const { name, version, tables } = projection;
    await lockGenerations(tx, name);
    const known = await readCheckpoints(tx, name);
    const live = known.find(({ generation }) => generation === 'live');
    const own = known.find((checkpoint) => checkpoint.version === version);
    if (own?.generation === 'retired' || (live && live.version > version)) return 'outdated';
    if (own) {
      if (await tablesExist(tx, projection)) return own;
      await startOver(tx, projection, own.generation === 'live');
    } else {
      await createTables(tx, generationTables(version), tables);
      if (!live) await pointViews(tx, projection);
      await tx.query(
        `INSERT INTO vault.projection_checkpoints (projection, version, generation, commit, prepare, tables)
         VALUES ($1, $2, $3, 0, 0, $4)`,
        [name, version, live ? 'building' : 'live', tables.map((table) => table.name)],
      );
    }
    const checkpoint = await readCheckpoint(tx, { projection: name, version });
    if (!checkpoint) throw new Error(`The checkpoint of ${name} was not written.`);
    return checkpoint;
  });

/** `behind`: the live generation is further on. `locked`: queries held the views for too long. Both: try again later. */
export type SwapOutcome = 'swapped' | 'behind' | 'locked';

/** Longer, and queries would queue up behind us. */
const LOCK_TIMEOUT = '200ms';

/**
 * Makes a generation that was built beside the live one the live one: both checkpoints locked, so that neither moves
 * meanwhile, and the views in the same transaction. The old tables stay.
 */
export const swapIn = async (database: Database, projection: Projection): Promise<SwapOutcome> => {
  const { name, version } = projection;
  try {
    return await database.transaction(async (tx) => {
      await tx.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
      await lockGenerations(tx, name);
      await tx.query(
        'SELECT FROM vault.projection_checkpoints WHERE projection = $1 ORDER BY projection, version FOR UPDATE',
        [name],
      );
      const known = await readCheckpoints(tx, name);
      const own = known.find((checkpoint) => checkpoint.version === version);
      const live = known.find(({ generation }) => generation === 'live');
      if (!own) throw new Error(`${name} has no version ${version}.`);
      if (own.generation === 'live') return 'swapped';
      if (live && comparePositions(own.position, live.position) < 0) return 'behind';

      const setGeneration = (generation: string, of: number): Promise<unknown> =>
        tx.query(
          'UPDATE vault.projection_checkpoints SET generation = $1, updated_at = now() WHERE projection = $2 AND version = $3',
          [generation, name, of],
        );
      if (live) await setGeneration('retired', live.version);
      await setGeneration('live', version);
      for (const table of live?.tables ?? []) {
        if (!own.tables.includes(table)) await tx.query(`DROP VIEW IF EXISTS ${qualified(READ_SCHEMA, table)}`);
      }
      await pointViews(tx, projection);
      await tx.query(`SELECT pg_notify('${PROGRESS_CHANNEL}', $1)`, [name]);
      return 'swapped';
    });
  } catch (error) {
    if (sqlStateOf(error) === '55P03') return 'locked';
    throw error;
  }
};
