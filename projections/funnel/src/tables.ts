import { personTables } from '#libs/merging';
import { defineTable } from '#libs/projecting';

/** Who is one person: rows stay under the id that they were recorded for, and queries bring them together. */
export const funnelPersons = personTables('funnel');

/** One row an application, with when it reached what. */
export const funnelApplications = defineTable({
  name: 'funnel_applications',
  columns: {
    application_id: 'uuid',
    candidate_id: 'uuid',
    role: 'text',
    /** libs/criteria, `titleWords`. */
    role_words: 'text[]',
    requisition_id: 'text?',
    source_kind: 'text',
    source_name: 'text',
    /** `unknown` where the source gave no dates: times within the funnel mean nothing then. */
    time_precision: 'text',
    applied_at: 'timestamptz',
    screened_at: 'timestamptz?',
    interviewed_at: 'timestamptz?',
    offered_at: 'timestamptz?',
    hired_at: 'timestamptz?',
    rejected_at: 'timestamptz?',
    rejection_reason: 'text?',
    withdrawn_at: 'timestamptz?',
  },
  key: ['application_id'],
  indexes: ['(applied_at)', '(candidate_id)', '(rejected_at DESC, application_id DESC) WHERE rejected_at IS NOT NULL'],
});

/** One row a person of whom somebody said that they're a silver medallist, or aren't: what was said last. */
export const medallistMarks = defineTable({
  name: 'silver_medallist_marks',
  columns: {
    candidate_id: 'uuid',
    said_at: 'timestamptz',
    marked: 'boolean',
    requisition_id: 'text?',
    role: 'text?',
    role_words: 'text[]',
  },
  key: ['candidate_id'],
  indexes: [],
});
