import { defineTable } from '#libs/projecting';

/** One row an application, with when it reached what. */
export const funnelApplications = defineTable({
  name: 'funnel_applications',
  columns: {
    application_id: 'uuid',
    candidate_id: 'uuid',
    role: 'text',
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
    withdrawn_at: 'timestamptz?',
  },
  key: ['application_id'],
  indexes: ['(applied_at)', '(candidate_id)'],
});
