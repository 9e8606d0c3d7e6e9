import { defineTable } from '#libs/projecting';
import { isOutcomeSql } from './email-rates/rated-events.js';

/** One row an event about a person. */
export const timelineEntries = defineTable({
  name: 'timeline',
  columns: {
    candidate_id: 'uuid',
    position: 'bigint',
    event_id: 'uuid',
    type: 'text',
    occurred_at: 'timestamptz',
    time_precision: 'text',
    recorded_at: 'timestamptz',
    actor_kind: 'text',
    actor_id: 'text',
    source: 'text',
    /** The event's data, opened. */
    details: 'jsonb',
    /** Of events about emails: which message to the person it is, by `messageIdOf`. */
    message: 'uuid?',
  },
  key: ['candidate_id', 'position'],
  indexes: [
    '(candidate_id, occurred_at DESC, position DESC)',
    // Which verdict counts for a fact.
    "(candidate_id, (details->>'eventId'), position) WHERE type = 'engagement.classified'",
    // Which messages were delivered or bounced in a time, and what became of each.
    `(occurred_at) WHERE ${isOutcomeSql}`,
    '(candidate_id, message) WHERE message IS NOT NULL',
  ],
});
