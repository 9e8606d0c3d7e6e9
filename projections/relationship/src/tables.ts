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

/**
 * One row a stretch of time in which somebody may be contacted, about anything: so that a search finds them as of any
 * instant. Half-open, and no two of an occasion touch.
 */
export const contactPermissions = defineTable({
  name: 'contact_permissions',
  columns: {
    candidate_id: 'uuid',
    /** `purpose/channel`. */
    occasion: 'text',
    allowed_from: 'timestamptz',
    /** Null: nothing that was said ends it. */
    allowed_until: 'timestamptz?',
  },
  key: ['candidate_id', 'occasion', 'allowed_from'],
  indexes: ['(occasion, candidate_id)'],
});
