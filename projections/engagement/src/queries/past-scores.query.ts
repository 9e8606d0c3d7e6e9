import type { SqlExecutor } from '#libs/read-store';
import { scoresAt, termsOf, type ScoringModel } from '#libs/scoring';
import { setImmediate as turn } from 'node:timers/promises';
import { factsOf, type CandidateFact } from './facts.query.js';
import { drawnPeople, everybody } from './scored-people.query.js';

/** What models made of somebody at past instants. */
export interface PastScores {
  readonly candidateId: string;
  /**
   * By model, in the order given, then by instant: billionths of a point, NaN where nothing had happened yet. Ranks need no
   * more than a double's precision, equal scores stay equal, and an array of nothing but doubles takes eight bytes for each.
   */
  readonly scores: readonly (readonly number[])[];
}

const firstAt = (facts: readonly CandidateFact[]): number =>
  facts.reduce((first, { at }) => Math.min(first, at.getTime()), Infinity);

/**
 * Scores of people by each model at each instant, from the same events as live scores.
 * @param instants in the order of time
 * @param people at most so many, drawn evenly and always the same; everybody, unless given
 */
export async function* pastScores(
  sql: SqlExecutor,
  models: readonly ScoringModel[],
  instants: readonly Date[],
  people?: number,
): AsyncGenerator<PastScores> {
  const latest = new Date(Math.max(...instants.map((at) => at.getTime())));
  for await (const ids of people === undefined ? everybody(sql) : drawnPeople(sql, people)) {
    for (const [candidateId, facts] of await factsOf(sql, ids, latest)) {
      // Other requests come in between, however much there is to reckon.
      await turn();
      const since = firstAt(facts);
      const scores = models.map((model) =>
        scoresAt(model, termsOf(model, facts).counted, instants).map((units, i) =>
          (instants[i]?.getTime() ?? -Infinity) < since ? NaN : Number(units),
        ),
      );
      yield { candidateId, scores };
    }
  }
}
