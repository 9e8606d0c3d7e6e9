import type { SqlExecutor } from '#libs/read-store';

/** Whether anybody ever said of one of these ids that it's another's person too, or that it isn't. */
export const isDecidedAbout = async (sql: SqlExecutor, candidateIds: readonly string[]): Promise<boolean> => {
  const [row] = await sql.query<{ decided: boolean }>(
    `SELECT EXISTS (SELECT FROM read.identity_merges WHERE survivor_id = ANY($1::uuid[]) OR merged_id = ANY($1::uuid[]))
       OR EXISTS (SELECT FROM read.identity_told_apart WHERE candidate_id = ANY($1::uuid[]) OR other_id = ANY($1::uuid[])) AS decided`,
    [candidateIds],
    { prepared: true },
  );
  return row?.decided ?? false;
};
