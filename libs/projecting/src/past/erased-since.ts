import { identifier, type SqlExecutor, type TableSpec } from '#libs/read-store';
import { targetOf } from '../generations/table-names.js';
import { pastTables, type PastJob } from './past-job.js';

/**
 * Whether a past state holds somebody whose keys were there when it was asked for and aren't any more. A process may go on using
 * a destroyed key for half a minute: who was erased in the minute before counts too.
 * @param people the table that names everybody who's in a past state, by the first column of its key
 */
export const holdsErased = async (
  sql: SqlExecutor,
  people: TableSpec,
  job: Pick<PastJob, 'id' | 'kind' | 'requestedAt'>,
): Promise<boolean> => {
  if (job.kind === 'segment') return false;
  const destroyed = await sql.query<{ id: string }>(
    `SELECT DISTINCT subject_id AS id FROM vault.subject_keys WHERE destroyed_at > $1::timestamptz - interval '1 minute'`,
    [job.requestedAt],
  );
  if (destroyed.length === 0) return false;
  const [subject = ''] = people.key;
  const target = targetOf(pastTables(job.id), people);
  const [table] = await sql.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [target]);
  if (!table?.there) return false;
  const found = await sql.query(`SELECT FROM ${target} WHERE ${identifier(subject)} = ANY($1::uuid[]) LIMIT 1`, [
    destroyed.map(({ id }) => id),
  ]);
  return found.length > 0;
};
