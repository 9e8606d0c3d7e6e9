import type { SqlExecutor } from '#libs/read-store';
import { bandAt, sumAt, termsOf, type Band, type ScoringModel } from '#libs/scoring';
import { factsOf } from './facts.query.js';
import { everybody } from './scored-people.query.js';

/** What one model says of somebody at one instant. */
export interface TrialScore {
  /** Billionths of a point. */
  readonly units: bigint;
  readonly band: Band;
  /** Whether anything had happened with them by then. */
  readonly known: boolean;
}

export interface Trial {
  readonly candidateId: string;
  /** By model, in the order given, then by instant. */
  readonly scores: readonly (readonly TrialScore[])[];
}

/** People whose histories are in memory at once. */
const PAGE = 1_000;

/** Scores everybody by each model at each instant, from the same events as live scores, in the order of ids. Reads, and changes nothing. */
export async function* tryModels(
  sql: SqlExecutor,
  models: readonly ScoringModel[],
  instants: readonly Date[],
): AsyncGenerator<Trial> {
  const latest = new Date(Math.max(...instants.map((at) => at.getTime())));
  for await (const ids of everybody(sql, PAGE)) {
    for (const [candidateId, facts] of await factsOf(sql, ids, latest)) {
      const scores = models.map((model) => {
        const { counted } = termsOf(model, facts);
        return instants.map((at) => ({
          units: sumAt(model, counted, at).units,
          band: bandAt(model, counted, at).band,
          known: facts.some((fact) => fact.at <= at),
        }));
      });
      yield { candidateId, scores };
    }
  }
}
