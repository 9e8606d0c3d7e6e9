import type { SqlExecutor } from '#libs/read-store';
import type { Fact } from '#libs/scoring';
import { factOf, type FactRow } from '../facts.js';
import { engagementFacts, type FactsTable } from '../tables.js';

/** A fact of a person's history, as a model weighs it. */
export interface CandidateFact extends Fact {
  readonly candidateId: string;
}

/** What happened with people up to an instant, in no particular order, by the ids that they go by. */
export const factsOf = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
  upTo: Date,
  /** Only what had been recorded by then, and by the verdicts that counted then. */
  asOfPosition?: bigint,
  table: FactsTable = engagementFacts,
): Promise<Map<string, CandidateFact[]>> => {
  const rows = await sql.query<FactRow & { candidate_id: string }>(
    `SELECT candidate_id, event_id, type, occurred_at, agent, outcome, unsubscribes, verdicts FROM read.${table.name}
     WHERE candidate_id = ANY($1::uuid[]) AND occurred_at <= $2 AND ($3::bigint IS NULL OR position <= $3)`,
    [candidateIds, upTo, asOfPosition ?? null],
    { prepared: true },
  );
  const facts = new Map<string, CandidateFact[]>(candidateIds.map((id) => [id, []]));
  for (const row of rows)
    facts.get(row.candidate_id)?.push({ candidateId: row.candidate_id, ...factOf(row, asOfPosition) });
  return facts;
};

/**
 * As `factsOf`, of what was recorded for these ids, whoever has them: a past state goes by who was one person then.
 */
export const factsRecordedFor = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
  upTo: Date,
  asOfPosition?: bigint,
): Promise<readonly CandidateFact[]> => {
  const rows = await sql.query<FactRow & { id: string }>(
    `SELECT coalesce(recorded_for, candidate_id) AS id, event_id, type, occurred_at, agent, outcome, unsubscribes, verdicts
     FROM read.engagement_facts
     WHERE candidate_id = ANY(ARRAY(
         SELECT unnest($1::uuid[]) UNION SELECT person_id FROM read.engagement_aliases WHERE candidate_id = ANY($1::uuid[])))
       AND coalesce(recorded_for, candidate_id) = ANY($1::uuid[])
       AND occurred_at <= $2 AND ($3::bigint IS NULL OR position <= $3)`,
    [candidateIds, upTo, asOfPosition ?? null],
    { prepared: true },
  );
  return rows.map(({ id, ...row }) => ({ candidateId: id, ...factOf(row, asOfPosition) }));
};
