import { identifier, type Database, type SqlExecutor, type TableSpec } from '#libs/read-store';
import { holdsErased } from './erased-since.js';
import { PAST_SCHEMA_PREFIX, pastTables, type PastJob } from './past-job.js';

/** How long what nobody looks into is kept, and how many there are at most, in all. */
export interface PastLife {
  readonly hours: number;
  readonly kept: number;
}

/** Unless somebody has asked for it since `usedAt`. The row goes first, as whoever asks for it looks at that first too. */
const remove = (database: Database, id: string, usedAt?: string): Promise<boolean> =>
  database.transaction(async (tx) => {
    const gone = await tx.query(
      'DELETE FROM vault.past_jobs WHERE id = $1 AND ($2::timestamptz IS NULL OR used_at = $2) RETURNING id',
      [id, usedAt ?? null],
    );
    if (gone.length === 0) return false;
    await tx.query(`DROP SCHEMA IF EXISTS ${identifier(pastTables(id).schema)} CASCADE`);
    return true;
  });

/**
 * Removes what has lived too long (what waits for models of another release too: it would count as unfinished for ever), what's one too many (what nobody looked into for longest first), what holds somebody
 * who was erased since, and rows that belong to nothing.
 */
export const removeOldPasts = async (
  database: Database,
  { hours, kept }: PastLife,
  people: TableSpec,
): Promise<number> => {
  const idle = await database.query<{ id: string; usedAt: string }>(
    `SELECT j.id, j.used_at::text AS "usedAt" FROM vault.past_jobs j
     WHERE j.used_at < now() - make_interval(hours => $1)
       OR j.id IN (SELECT id FROM vault.past_jobs WHERE state = 'ready' ORDER BY used_at DESC, id OFFSET $2)`,
    [hours, kept],
  );
  let removed = 0;
  for (const { id, usedAt } of idle) if (await remove(database, id, usedAt)) removed++;
  const torn = await database.query<{ id: string }>(
    `SELECT id FROM vault.past_jobs
     WHERE state IN ('building', 'ready') AND to_regnamespace('${PAST_SCHEMA_PREFIX}' || replace(id::text, '-', '')) IS NULL`,
  );
  for (const { id } of torn) if (await remove(database, id)) removed++;
  const others = await database.query<Pick<PastJob, 'id' | 'kind' | 'requestedAt'>>(
    `SELECT id, kind, requested_at AS "requestedAt" FROM vault.past_jobs WHERE state IN ('building', 'ready')`,
  );
  for (const job of others)
    if ((await holdsErased(database, people, job)) && (await remove(database, job.id))) removed++;
  const orphans = await database.query<{ schema: string }>(
    `SELECT nspname AS schema FROM pg_namespace
     WHERE nspname ~ '^${PAST_SCHEMA_PREFIX}[0-9a-f]{32}$' AND NOT EXISTS (
       SELECT FROM vault.past_jobs WHERE '${PAST_SCHEMA_PREFIX}' || replace(id::text, '-', '') = nspname)`,
  );
  for (const { schema } of orphans) await database.query(`DROP SCHEMA IF EXISTS ${identifier(schema)} CASCADE`);
  return removed + orphans.length;
};

/** How many jobs there are, by their state. */
export const countPastJobs = async (sql: SqlExecutor): Promise<ReadonlyMap<PastJob['state'], number>> => {
  const rows = await sql.query<{ state: PastJob['state']; n: string }>(
    'SELECT state, count(*) AS n FROM vault.past_jobs GROUP BY state',
  );
  return new Map(rows.map(({ state, n }) => [state, Number(n)]));
};
