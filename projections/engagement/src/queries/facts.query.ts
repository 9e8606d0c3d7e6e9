import type { SqlExecutor } from '#libs/read-store';
import type { Fact } from '#libs/scoring';

/** A fact of a person's history, as a model weighs it. */
export interface CandidateFact extends Fact {
  readonly candidateId: string;
}

interface Row {
  candidate_id: string;
  event_id: string;
  type: string;
  occurred_at: Date;
  agent: 'human' | 'machine' | null;
  outcome: string | null;
}

/** What happened with these people up to an instant, in no particular order. */
export const factsOf = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
  upTo: Date,
  /** Only what had been recorded by then. */
  asOfPosition?: bigint,
): Promise<Map<string, CandidateFact[]>> => {
  const rows = await sql.query<Row>(
    `SELECT candidate_id, event_id, type, occurred_at, agent, outcome FROM read.engagement_facts
     WHERE candidate_id = ANY($1::uuid[]) AND occurred_at <= $2 AND ($3::bigint IS NULL OR position <= $3)`,
    [candidateIds, upTo, asOfPosition ?? null],
  );
  const facts = new Map<string, CandidateFact[]>(candidateIds.map((id) => [id, []]));
  for (const row of rows) {
    facts.get(row.candidate_id)?.push({
      candidateId: row.candidate_id,
      id: row.event_id,
      type: row.type,
      at: row.occurred_at,
      agent: row.agent ?? undefined,
      outcome: row.outcome ?? undefined,
    });
  }
  return facts;
};
