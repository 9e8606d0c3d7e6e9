import type { SqlExecutor } from '#libs/read-store';
import type { Fact } from '#libs/scoring';
import { factOf, type FactRow } from '../facts.js';

/** A fact of a person's history, as a model weighs it. */
export interface CandidateFact extends Fact {
  readonly candidateId: string;
}

/** What happened with these people up to an instant, in no particular order. */
export const factsOf = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
  upTo: Date,
  /** Only what had been recorded by then, and by the verdicts that counted then. */
  asOfPosition?: bigint,
): Promise<Map<string, CandidateFact[]>> => {
  const rows = await sql.query<FactRow & { candidate_id: string }>(
    `SELECT candidate_id, event_id, type, occurred_at, agent, outcome, verdicts FROM read.engagement_facts
     WHERE candidate_id = ANY($1::uuid[]) AND occurred_at <= $2 AND ($3::bigint IS NULL OR position <= $3)`,
    [candidateIds, upTo, asOfPosition ?? null],
  );
  const facts = new Map<string, CandidateFact[]>(candidateIds.map((id) => [id, []]));
  for (const row of rows)
    facts.get(row.candidate_id)?.push({ candidateId: row.candidate_id, ...factOf(row, asOfPosition) });
  return facts;
};
