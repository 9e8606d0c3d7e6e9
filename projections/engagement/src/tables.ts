import { defineTable } from '#libs/projecting';

/** One row a candidate with whom anything happened. */
export const engagementScores = defineTable({
  name: 'engagement_scores',
  columns: {
    candidate_id: 'uuid',
    /** The decayed sum as of a fixed epoch (libs/scoring): its order is the order of scores at every instant after the last signal. */
    heat: 'numeric',
    /** When the latest event that counts happened. */
    last_signal_at: 'timestamptz?',
    signals: 'integer',
    unsubscribed_at: 'timestamptz?',
    complained_at: 'timestamptz?',
  },
  key: ['candidate_id'],
  indexes: ['(heat DESC, candidate_id)', '(last_signal_at)'],
});

/** One row an event: what it counts for, or why it doesn't. */
export const engagementContributions = defineTable({
  name: 'engagement_contributions',
  columns: {
    candidate_id: 'uuid',
    position: 'bigint',
    event_id: 'uuid',
    type: 'text',
    occurred_at: 'timestamptz',
    /** Points when it happened. */
    weight: 'integer',
    /** What the event adds to the candidate's `heat`; null where it counts for nothing. */
    contribution: 'numeric?',
    left_out: 'text?',
  },
  key: ['candidate_id', 'position'],
  indexes: [],
});
