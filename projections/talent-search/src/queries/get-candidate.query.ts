import type { SqlExecutor } from '#libs/read-store';
import { people, personColumns, toPerson, type Person, type TalentRow } from './person.js';

/** Undefined for an id that the read model doesn't have. */
export const getCandidate = async (sql: SqlExecutor, candidateId: string): Promise<Person | undefined> => {
  const [row] = await sql.query<TalentRow>(`SELECT ${personColumns} FROM ${people} WHERE t.candidate_id = $1`, [
    candidateId,
  ]);
  return row && toPerson(row);
};
