import type { SqlExecutor } from '#libs/read-store';
import { people, personColumns, toPerson, type Person, type TalentRow } from './person.js';

/** Those of these that the read model has, by id, with one statement. */
export const candidatesById = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> => {
  const rows = await sql.query<TalentRow>(
    `SELECT ${personColumns} FROM ${people} WHERE t.candidate_id = ANY($1::uuid[])`,
    [candidateIds],
  );
  return new Map(rows.map((row) => [row.candidate_id, toPerson(row)]));
};

/** Undefined for an id that the read model doesn't have. */
export const getCandidate = async (sql: SqlExecutor, candidateId: string): Promise<Person | undefined> => {
  const [row] = await sql.query<TalentRow>(`SELECT ${personColumns} FROM ${people} WHERE t.candidate_id = $1`, [
    candidateId,
  ]);
  return row && toPerson(row);
};
