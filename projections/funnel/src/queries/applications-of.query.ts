import type { SqlExecutor } from '#libs/read-store';

/** The ids of a candidate's applications, oldest first. */
export const applicationsOf = async (sql: SqlExecutor, candidateId: string): Promise<string[]> =>
  (
    await sql.query<{ application_id: string }>(
      'SELECT application_id FROM read.funnel_applications WHERE candidate_id = $1 ORDER BY applied_at, application_id',
      [candidateId],
      { prepared: true },
    )
  ).map(({ application_id }) => application_id);
