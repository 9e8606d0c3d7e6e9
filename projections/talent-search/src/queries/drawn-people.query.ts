import type { SqlExecutor } from '#libs/read-store';

/** Somebody, by the id that they go by. */
export interface DrawnPerson {
  readonly candidateId: string;
  readonly ofSeveral: boolean;
}

/** Some of everybody, drawn evenly and always the same. */
export const drawnPeople = (sql: SqlExecutor, people: number): Promise<DrawnPerson[]> =>
  sql.query<DrawnPerson>(
    `SELECT candidate_id AS "candidateId", of_several AS "ofSeveral" FROM read.talent
     ORDER BY md5(candidate_id::text), candidate_id LIMIT $1`,
    [people],
  );
