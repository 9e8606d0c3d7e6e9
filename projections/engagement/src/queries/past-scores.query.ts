import type { SqlExecutor } from '#libs/read-store';
import { sumAt, termsOf, type ScoringModel } from '#libs/scoring';
import { factsOf } from './facts.query.js';

/** What models made of somebody at past instants. */
export interface PastScores {
  readonly candidateId: string;
  /** By model, in the order given, then by instant: billionths of a point. Undefined where nothing had happened yet. */
  readonly units: readonly (readonly (bigint | undefined)[])[];
}

/** So many histories are in memory at once; other requests come in between. */
const PAGE = 100;

/** Some of those with whom anything happened, drawn evenly and always the same. */
const drawn = async (sql: SqlExecutor, people: number): Promise<string[]> => {
  const rows = await sql.query<{ candidate_id: string }>(
    'SELECT candidate_id FROM read.engagement_scores WHERE merged_into IS NULL ORDER BY md5(candidate_id::text), candidate_id LIMIT $1',
    [people],
  );
  return rows.map(({ candidate_id }) => candidate_id);
};

/** Scores of at most so many people by each model at each instant, from the same events as live scores. */
export async function* pastScores(
  sql: SqlExecutor,
  models: readonly ScoringModel[],
  instants: readonly Date[],
  people: number,
): AsyncGenerator<PastScores> {
  const latest = new Date(Math.max(...instants.map((at) => at.getTime())));
  const ids = await drawn(sql, people);
  for (let from = 0; from < ids.length; from += PAGE) {
    for (const [candidateId, facts] of await factsOf(sql, ids.slice(from, from + PAGE), latest)) {
      const units = models.map((model) => {
        const { counted } = termsOf(model, facts);
        return instants.map((at) =>
          facts.some((fact) => fact.at <= at) ? sumAt(model, counted, at).units : undefined,
        );
      });
      yield { candidateId, units };
    }
  }
}
