import { titleWords } from '#libs/criteria';
import type { SqlExecutor } from '#libs/read-store';

/** When somebody came to an interview, and was hired. */
export interface Outcomes {
  readonly interviews: readonly Date[];
  readonly hires: readonly Date[];
}

interface Row {
  candidate_id: string;
  interviewed_at: Date | null;
  hired_at: Date | null;
}

/**
 * Of everybody who came to either, by the id that they go by. Applications whose dates nobody knows are left out.
 * @param role only applications for roles with these words, in any order, singular or plural
 */
export const outcomesByCandidate = async (sql: SqlExecutor, role?: string): Promise<ReadonlyMap<string, Outcomes>> => {
  const rows = await sql.query<Row>(
    `SELECT coalesce(alias.person_id, candidate_id) AS candidate_id, LEAST(interviewed_at, offered_at, hired_at) AS interviewed_at, hired_at
     FROM read.funnel_applications LEFT JOIN read.funnel_aliases alias USING (candidate_id)
     WHERE time_precision <> 'unknown' AND (interviewed_at IS NOT NULL OR offered_at IS NOT NULL OR hired_at IS NOT NULL)
       AND ($1::text[] IS NULL OR role_words @> $1::text[])`,
    [role === undefined ? null : titleWords(role)],
  );
  const outcomes = new Map<string, { interviews: Date[]; hires: Date[] }>();
  for (const { candidate_id, interviewed_at, hired_at } of rows) {
    const one = outcomes.get(candidate_id) ?? { interviews: [], hires: [] };
    if (interviewed_at) one.interviews.push(interviewed_at);
    if (hired_at) one.hires.push(hired_at);
    outcomes.set(candidate_id, one);
  }
  return outcomes;
};
