import { personTables } from '#libs/merging';
import { defineTable } from '#libs/projecting';
import { liveModel as builtIn, type ScoringModel } from '#libs/scoring';

/** The column of a table of scores that holds a group's sum. */
export const heatColumn = (group: string): `heat_${string}` => `heat_${group}`;

/** The column of a table of scores that holds the binary logarithm of a group's sum. */
export const levelColumn = (group: string): `level_${string}` => `level_${group}`;

/** What tables by a model are called: those of the one that came with the program have the plain names. */
const suffixOf = ({ version }: ScoringModel): string => (version === builtIn.version ? '' : `_m${version}`);

/** A verdict on who did something, as a fact keeps it. */
export interface StoredVerdict {
  /** Where it's recorded in the log. */
  readonly position: string;
  readonly verdict: 'human' | 'machine' | 'unknown';
  readonly classifierVersion: number;
}

/**
 * One row a person with whom anything happened, under the id that they go by: their standing by a model (libs/scoring), which gives the
 * score and the band at every instant from the last signal on.
 */
const scoresBy = (model: ScoringModel, groups: readonly string[]) => {
  const heats: Readonly<Record<`heat_${string}`, 'numeric'>> = Object.fromEntries(
    groups.map((group) => [heatColumn(group), 'numeric']),
  );
  const levels: Readonly<Record<`level_${string}`, 'bigint?'>> = Object.fromEntries(
    groups.map((group) => [levelColumn(group), 'bigint?']),
  );
  return defineTable({
    name: `engagement_scores${suffixOf(model)}`,
    columns: {
      candidate_id: 'uuid',
      // What rankings read of everybody comes first.
      /** The binary logarithm of each group's sum in points, in units of 2^-44; null for nothing. */
      ...levels,
      /** What the score can be at most from the last signal on, as a level of the longest half-life (libs/scoring, `ceilingOf`). */
      ceiling: 'bigint?',
      /** When the latest event that counts happened. */
      last_signal_at: 'timestamptz?',
      signals: 'integer',
      /** The damped sum of each group as of a fixed epoch, before its cap. Its order is their order at all those instants. */
      ...heats,
      /** Times of signals that may damp another, by type, in milliseconds. */
      recent: 'jsonb',
      /** Hot until then, else warm until then, else cold until then, then dormant; if nothing more happens. */
      hot_until: 'timestamptz?',
      warm_until: 'timestamptz?',
      dormant_at: 'timestamptz?',
      unsubscribed_at: 'timestamptz?',
      complained_at: 'timestamptz?',
      /** Under which id the person's row is, where it isn't this one: there's nothing in this row then. */
      merged_into: 'uuid?',
    },
    key: ['candidate_id'],
    indexes: [
      ...groups.map((group) => `(${levelColumn(group)} DESC, candidate_id) WHERE ${levelColumn(group)} IS NOT NULL`),
      '(ceiling DESC, candidate_id) WHERE ceiling IS NOT NULL',
      '(last_signal_at)',
      '(hot_until) WHERE hot_until IS NOT NULL',
      '(warm_until) WHERE warm_until IS NOT NULL',
    ],
  });
};

/** One row an event: what any model needs to weigh it, and what one model makes of it. */
const factsBy = (model: ScoringModel) =>
  defineTable({
    name: `engagement_facts${suffixOf(model)}`,
    columns: {
      /** The id that the person goes by. */
      candidate_id: 'uuid',
      /** The id that it was recorded for, if it's another one of theirs. */
      recorded_for: 'uuid?',
      event_id: 'uuid',
      position: 'bigint',
      type: 'text',
      occurred_at: 'timestamptz',
      /** Who acted, as reported: human or machine, where it's known. */
      agent: 'text?',
      /** Of a call. */
      outcome: 'text?',
      /** Whether the person asked for no more emails by it. */
      unsubscribes: 'boolean',
      /** Verdicts on who acted, in the order of the log: the last one counts. */
      verdicts: 'jsonb',
      /** The group of the model that it counts in; null where it counts for nothing. */
      group_name: 'text?',
      /** What it adds to the group's sum at most: undamped. */
      contribution: 'numeric?',
    },
    key: ['candidate_id', 'event_id'],
    indexes: [],
  });

/** Everybody's standing by one model: the model, and where the rows by it are. */
export interface Standings {
  readonly model: ScoringModel;
  /** Of the model, in its order. */
  readonly groups: readonly string[];
  readonly scores: ReturnType<typeof scoresBy>;
  readonly facts: ReturnType<typeof factsBy>;
  /** Who is one person. */
  readonly persons: ReturnType<typeof personTables>;
}

const standingsOf = (model: ScoringModel): Standings => {
  const groups = Object.keys(model.groups);
  return {
    model,
    groups,
    scores: scoresBy(model, groups),
    facts: factsBy(model),
    persons: personTables(`engagement${suffixOf(model)}`),
  };
};

const made = new Map<string, Standings>();
/** Published models are few; documents that only were tried aren't kept. */
const MOST_KEPT = 50;

/** The same for the same model. */
export const standingsBy = (model: ScoringModel): Standings => {
  const text = JSON.stringify(model);
  const known = made.get(text);
  if (known) return known;
  const standings = standingsOf(model);
  if (made.size < MOST_KEPT) made.set(text, standings);
  return standings;
};

/** By the model that came with the program. */
export const builtInStandings = standingsBy(builtIn);

export const engagementScores = builtInStandings.scores;
export const engagementFacts = builtInStandings.facts;

/** A row of a table of scores, whatever the model. */
export type ScoresTable = Standings['scores'];
export type FactsTable = Standings['facts'];
