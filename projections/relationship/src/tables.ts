import { defineTable } from '#libs/projecting';

/** One row a person of whom anything of this is known. */
export const relationships = defineTable({
  name: 'relationship',
  columns: {
    candidate_id: 'uuid',
    /** A ContactLedger: what was said about being contacted, with when. */
    ledger: 'jsonb',
    /** `[{ at, availability }]`, by time: what was said of a next job. */
    availability: 'jsonb',
    /** `[{ at, languages }]`, by time: each the complete list. */
    languages: 'jsonb',
  },
  key: ['candidate_id'],
  indexes: [],
});
