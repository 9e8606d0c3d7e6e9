import type { SqlExecutor } from '#libs/read-store';
import { personColumns, toPerson, type Person, type TalentRow } from './person.js';

/** Under which id the row of a person is, whichever of their ids is asked for. */
const asked = `unnest($1::uuid[]) asked (id) LEFT JOIN read.talent_aliases alias ON alias.candidate_id = asked.id
  JOIN read.talent c ON c.candidate_id = coalesce(alias.person_id, asked.id)`;

/** Those of these whom the read model has, by the ids that were asked for, with one statement. */
export const candidatesById = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> => {
  const rows = await sql.query<TalentRow & { asked_id: string }>(
    `SELECT asked.id AS asked_id, ${personColumns} FROM ${asked} JOIN read.talent_activity a ON a.candidate_id = c.candidate_id`,
    [candidateIds],
    { prepared: true },
  );
  return new Map(rows.map((row) => [row.asked_id, toPerson(row)]));
};

/** Which of these the read model has. */
export const knownCandidates = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  const rows = await sql.query<{ id: string }>(`SELECT asked.id FROM ${asked}`, [candidateIds], { prepared: true });
  return new Set(rows.map(({ id }) => id));
};

/** The person who has this id. Undefined for an id that the read model doesn't have. */
export const getCandidate = async (sql: SqlExecutor, candidateId: string): Promise<Person | undefined> =>
  (await candidatesById(sql, [candidateId])).get(candidateId.toLowerCase());
