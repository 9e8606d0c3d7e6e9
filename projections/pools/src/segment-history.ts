import { defineProjection, defineTable } from '#libs/projecting';

/**
 * One row each time that somebody was in a segment, as its criteria and their history say: half-open, and no two of a person
 * overlap. Computed on demand, for one segment, in a schema of its own; nothing folds it.
 */
export const segmentStays = defineTable({
  name: 'segment_stays',
  columns: {
    candidate_id: 'uuid',
    entered_at: 'timestamptz',
    /** JSON pointers into the criteria: the conditions that changed then. */
    entered_because: 'text[]',
    /** Null while they're in, as of the moment that the history is of. */
    left_at: 'timestamptz?',
    left_because: 'text[]',
  },
  key: ['candidate_id', 'entered_at'],
  indexes: ['(entered_at, candidate_id)', '(left_at, candidate_id) WHERE left_at IS NOT NULL'],
});

/** Who was ever in a segment, and why. Its version goes up with what a stay is made of. */
export const segmentHistory = defineProjection({
  name: 'segment-history',
  version: 1,
  tables: [segmentStays],
  handlers: {},
});
