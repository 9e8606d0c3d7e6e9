import { identifier, sqlStateOf, type Database, type SqlExecutor } from '#libs/read-store';
import { isSameGeneration, type Checkpoint } from '../checkpoints/checkpoint.js';
import { readCheckpoints } from '../checkpoints/checkpoint-store.js';
import { lockGenerations } from './generations.js';
import { dropGeneration, LOCK_TIMEOUT } from './swap.js';
import { generationTables, targetOf } from './table-names.js';

/** Keys that were destroyed since a moment, or shortly before: what a generation has read it may have read by keys from memory. */
const DESTROYED_SINCE = `k.destroyed_at > coalesce($1::timestamptz, '-infinity') - interval '1 minute'`;

/** Those columns of a table's key that may name whose keys they are. */
const subjectsOf = async (sql: SqlExecutor, target: string): Promise<readonly string[]> => {
  const rows = await sql.query<{ name: string }>(
    `SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
     WHERE i.indrelid = to_regclass($1) AND i.indisprimary AND a.atttypid = 'uuid'::regtype`,
    [target],
  );
  return rows.map(({ name }) => name);
};

/** Whether a generation that stands still has a row of somebody, or something, whose keys were destroyed after its last event. */
const holdsErased = async (sql: SqlExecutor, { tables, eventAt, ...id }: Checkpoint): Promise<boolean> => {
  const since = [eventAt ?? null];
  const any = await sql.query(`SELECT FROM vault.subject_keys k WHERE ${DESTROYED_SINCE} LIMIT 1`, since);
  if (any.length === 0) return false;
  for (const table of tables) {
    const target = targetOf(generationTables(id), { name: table });
    for (const subject of await subjectsOf(sql, target)) {
      const found = await sql.query(
        `SELECT FROM ${target} t JOIN vault.subject_keys k ON k.subject_id = t.${identifier(subject)} WHERE ${DESTROYED_SINCE} LIMIT 1`,
        since,
      );
      if (found.length > 0) return true;
    }
  }
  return false;
};

/** False where it has come back meanwhile, or a query still reads it: then it's tried again the next time. */
const dropRetired = async (database: Database, id: Checkpoint): Promise<boolean> => {
  try {
    return await database.transaction(async (tx) => {
      await tx.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
      await lockGenerations(tx, id.projection);
      const own = (await readCheckpoints(tx, id.projection)).find((one) => isSameGeneration(one, id));
      if (own?.generation !== 'retired') return false;
      await dropGeneration(tx, own);
      return true;
    });
  } catch (error) {
    if (sqlStateOf(error) === '55P03') return false;
    throw error;
  }
};

/**
 * Takes retired generations away that have in the clear what was erased since: nothing that happens reaches them any more.
 * Gives those that went.
 */
export const dropErasedGenerations = async (database: Database): Promise<readonly Checkpoint[]> => {
  const gone: Checkpoint[] = [];
  for (const one of await readCheckpoints(database)) {
    if (one.generation !== 'retired' || !(await holdsErased(database, one))) continue;
    if (await dropRetired(database, one)) gone.push(one);
  }
  return gone;
};
