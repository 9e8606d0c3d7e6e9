import type { SqlExecutor } from '#libs/read-store';
import {
  bandAt,
  decayOf,
  lifetimePoints,
  liveModel,
  sumAt,
  termsOf,
  toPoints,
  type Band,
  type BandChange,
  type ScoringModel,
  type Verdict,
} from '#libs/scoring';
import { builtInStandings, type Standings } from '../tables.js';
import { factsOf, type CandidateFact } from './facts.query.js';

/** What one event is worth at an instant. */
export interface ScoreTerm {
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: Date;
  /** Kinds that share a half-life and a cap. */
  readonly group: string;
  /** Points by the model, when it happened. */
  readonly weight: number;
  /** The share of it that counts: less than 1 where nobody knows who acted and the model says so. */
  readonly factor: number;
  /** How many of its kind came shortly before it: each halves it. */
  readonly repeats: number;
  readonly halfLifeDays: number;
  /** The share that is left of it by its age. */
  readonly decay: number;
  /** Who acted, as was found out afterwards; null where nobody judged it. */
  readonly verdict: Verdict | null;
  /** Points at the instant asked for, with nine places. Terms and caps add up to the score, to the last digit. */
  readonly value: string;
}

/** A candidate's score at an instant, without what it's made of. */
export interface ScoreSummary {
  readonly candidateId: string;
  /** Points, with nine places. */
  readonly score: string;
  /** The same in billionths of a point. */
  readonly units: bigint;
  readonly band: Band;
  /** The next change if nothing happens. */
  readonly next: BandChange | null;
  readonly lastSignalAt: Date | null;
  readonly unsubscribed: boolean;
  readonly complained: boolean;
}

/** A candidate's score at an instant, and what it's made of. */
export interface Score extends ScoreSummary {
  readonly at: Date;
  readonly modelVersion: number;
  /** When the band was entered; null for somebody who never was in another than dormant. */
  readonly bandSince: Date | null;
  /** All that ever counted, without decay, damping and caps. */
  readonly lifetimePoints: number;
  /** Dearest first. */
  readonly terms: readonly ScoreTerm[];
  /** What groups count for less because of their caps: negative values. */
  readonly caps: readonly { readonly group: string; readonly cap: number; readonly value: string }[];
  /** What counts for nothing, newest first, and why; events after `at` are in neither list. */
  readonly leftOut: readonly {
    readonly eventId: string;
    readonly type: string;
    readonly occurredAt: Date;
    readonly reason: string;
    readonly verdict: Verdict | null;
  }[];
}

/** Explains a history by a model. Facts after `at` must not be among them. */
export const explain = (model: ScoringModel, candidateId: string, facts: readonly CandidateFact[], at: Date): Score => {
  const { counted, leftOut } = termsOf(model, facts);
  const { units, terms, caps } = sumAt(model, counted, at);
  const { band, since, next } = bandAt(model, counted, at);
  return {
    candidateId,
    at,
    modelVersion: model.version,
    score: toPoints(units),
    units,
    band,
    bandSince: since,
    next,
    lastSignalAt: counted.at(-1)?.fact.at ?? null,
    lifetimePoints: lifetimePoints(counted, at),
    unsubscribed: facts.some(({ unsubscribes }) => unsubscribes),
    complained: facts.some(({ type }) => type === 'email.complained'),
    terms: terms
      .toSorted((a, b) => (a.units === b.units ? 0 : a.units < b.units ? 1 : -1))
      .map(({ term, units: value }) => ({
        eventId: term.fact.id,
        type: term.fact.type,
        occurredAt: term.fact.at,
        group: term.group,
        weight: term.weight,
        factor: term.factor,
        repeats: term.repeats,
        halfLifeDays: model.groups[term.group]?.halfLifeDays ?? 0,
        decay: decayOf(model.groups[term.group]?.halfLifeDays ?? 1, term.fact.at, at),
        verdict: term.fact.verdict ?? null,
        value: toPoints(value),
      })),
    caps: caps.map(({ group, cap, units: value }) => ({ group, cap, value: toPoints(value) })),
    leftOut: leftOut.toReversed().map(({ fact, reason }) => ({
      eventId: fact.id,
      type: fact.type,
      occurredAt: fact.at,
      reason,
      verdict: fact.verdict ?? null,
    })),
  };
};

/**
 * Exact for any instant, past or future, and any model: recomputed from the events up to it. Somebody with whom nothing
 * happened scores 0.
 */
export const scoreOf = async (
  sql: SqlExecutor,
  candidateId: string,
  at: Date,
  model: ScoringModel = liveModel,
  asOfPosition?: bigint,
): Promise<Score> =>
  explain(model, candidateId, (await factsOf(sql, [candidateId], at, asOfPosition)).get(candidateId) ?? [], at);

/** The scores of several candidates with one statement, in the order asked for. */
export const scoresOf = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
  at: Date,
  { model, facts: table }: Standings = builtInStandings,
): Promise<Score[]> =>
  [...(await factsOf(sql, candidateIds, at, undefined, table))].map(([id, facts]) => explain(model, id, facts, at));
