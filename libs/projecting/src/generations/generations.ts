import { createTable, type Database, type SqlExecutor, type TableSpec } from '#libs/read-store';
import { PROGRESS_CHANNEL } from '../announcing/channels.js';
import { isSameGeneration, type Checkpoint, type GenerationId } from '../checkpoints/checkpoint.js';
import { readCheckpoint, readCheckpoints } from '../checkpoints/checkpoint-store.js';
import type { Projection } from '../projection.js';
import { generationTables, liveTable, targetOf, type TableNames } from './table-names.js';
import { pointViews } from './views.js';

/** Two processes that start at once must not both make the tables, nor one swap while another takes generations away. */
export const lockGenerations = async (sql: SqlExecutor, projection: string): Promise<void> => {
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

const tablesExist = async (sql: SqlExecutor, projection: Projection, id: GenerationId): Promise<boolean> => {
  const names = projection.tables.map((table) => targetOf(generationTables(id), table));
  const missing = await sql.query('SELECT FROM unnest($1::text[]) n WHERE to_regclass(n) IS NULL', [names]);
  return missing.length === 0;
};

/** A backup holds the checkpoints and not the rows, which are made again from the log; and a rebuild begins without tables. */
const startOver = async (
  sql: SqlExecutor,
  projection: Projection,
  { generation, ...id }: Checkpoint,
): Promise<void> => {
  const names = generationTables(id);
  const live = generation === 'live';
  for (const table of projection.tables) {
    if (live) await sql.query(`DROP VIEW IF EXISTS ${liveTable(table)}`);
    await sql.query(`DROP TABLE IF EXISTS ${targetOf(names, table)}`);
  }
  await createTables(sql, names, projection.tables);
  if (live) await pointViews(sql, projection, id);
  await sql.query(
    `UPDATE vault.projection_checkpoints
     SET commit = 0, prepare = 0, event_at = NULL, skipped_commit = NULL, skipped_prepare = NULL, tables = $4
     WHERE projection = $1 AND version = $2 AND build = $3`,
    [id.projection, id.version, id.build, projection.tables.map((table) => table.name)],
  );
  // Whoever remembers how far it had come is wrong now.
  if (live) await sql.query('SELECT pg_notify($1, $2)', [PROGRESS_CHANNEL, projection.name]);
};

const madeReady = async (sql: SqlExecutor, projection: Projection, own: Checkpoint): Promise<Checkpoint> => {
  if (await tablesExist(sql, projection, own)) return own;
  await startOver(sql, projection, own);
  const checkpoint = await readCheckpoint(sql, own);
  if (!checkpoint) throw new Error(`The checkpoint of ${projection.name} has gone.`);
  return checkpoint;
};

/** The generations that a program with this version of the projection works on: the live one first. */
export const workable = (known: readonly Checkpoint[], { name, version }: Projection): Checkpoint[] =>
  known
    .filter((one) => one.projection === name && one.version === version && one.generation !== 'retired')
    .sort((a, b) => Number(b.generation === 'live') - Number(a.generation === 'live'));

/** Makes the tables of a generation where they're missing. Undefined where it was retired or taken away meanwhile. */
export const prepareGeneration = (
  database: Database,
  projection: Projection,
  id: GenerationId,
): Promise<Checkpoint | undefined> =>
  database.transaction(async (tx) => {
    await lockGenerations(tx, projection.name);
    const own = workable(await readCheckpoints(tx, projection.name), projection).find((one) =>
      isSameGeneration(one, id),
    );
    return own && madeReady(tx, projection, own);
  });

/**
 * The generation that this version of a projection folds into. Makes it where there's none: the first one is live at
 * once, a newer version is built beside the live one. `outdated` where a newer version is live already, or this one
 * was.
 */
export const ensureGeneration = (database: Database, projection: Projection): Promise<Checkpoint | 'outdated'> =>
  database.transaction(async (tx) => {
    const { name, version, tables } = projection;
    await lockGenerations(tx, name);
    const known = await readCheckpoints(tx, name);
    const [own] = workable(known, projection);
    if (own) return madeReady(tx, projection, own);
    const live = known.find(({ generation }) => generation === 'live');
    if (known.some((one) => one.version === version) || (live && live.version > version)) return 'outdated';
    const id = { projection: name, version, build: 1 };
    await createTables(tx, generationTables(id), tables);
    if (!live) await pointViews(tx, projection, id);
    await tx.query(
      `INSERT INTO vault.projection_checkpoints (projection, version, build, generation, commit, prepare, tables)
       VALUES ($1, $2, 1, $3, 0, 0, $4)`,
      [name, version, live ? 'building' : 'live', tables.map((table) => table.name)],
    );
    const checkpoint = await readCheckpoint(tx, id);
    if (!checkpoint) throw new Error(`The checkpoint of ${name} was not written.`);
    return checkpoint;
  });
