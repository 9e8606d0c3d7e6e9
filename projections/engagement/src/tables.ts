import { defineTable } from '#libs/projecting';
import { liveModel } from '#libs/scoring';

/** The column of `engagement_scores` that holds a group's sum. */
export const heatColumn = (group: string): `heat_${string}` => `heat_${group}`;

/** A group's sum in a row of `engagement_scores`. */
export const heatIn = (row: object, group: string): bigint =>
  (row as Readonly<Record<string, bigint | undefined>>)[heatColumn(group)] ?? 0n;

/** The groups of the live model, in its order. */
export const groups: readonly string[] = Object.keys(liveModel.groups);

const heats: Readonly<Record<`heat_${string}`, 'numeric'>> = Object.fromEntries(
  groups.map((group) => [heatColumn(group), 'numeric']),
);

/**
 * One row a candidate with whom anything happened. A column for each group of the live model holds the decayed sum of its
 * signals as of a fixed epoch (libs/scoring), undamped and uncapped: its order is their order at every instant after the
 * last signal, and no score is more than what the sums are worth.
 */
export const engagementScores = defineTable({
  name: 'engagement_scores',
  columns: {
    candidate_id: 'uuid',
    ...heats,
    /** When the latest event that counts happened. */
    last_signal_at: 'timestamptz?',
    signals: 'integer',
    unsubscribed_at: 'timestamptz?',
    complained_at: 'timestamptz?',
  },
  key: ['candidate_id'],
  indexes: [...groups.map((group) => `(${heatColumn(group)} DESC, candidate_id)`), '(last_signal_at)'],
});

/** One row an event: what any model needs to weigh it. */
export const engagementFacts = defineTable({
  name: 'engagement_facts',
  columns: {
    candidate_id: 'uuid',
    position: 'bigint',
    event_id: 'uuid',
    type: 'text',
    occurred_at: 'timestamptz',
    /** Who acted: human or machine, where it's known. */
    agent: 'text?',
    /** Of a call. */
    outcome: 'text?',
    /** The group of the live model that it counts in; null where it counts for nothing. */
    group_name: 'text?',
    /** What it adds to the group's sum. */
    contribution: 'numeric?',
  },
  key: ['candidate_id', 'position'],
  indexes: [],
});
