import { defineTable } from '#libs/projecting';

/** One row for each id of somebody who has several. */
export const identityAliases = defineTable({
  name: 'identity_aliases',
  columns: {
    candidate_id: 'uuid',
    /** The id that the person goes by; their own for one of them. */
    person_id: 'uuid',
  },
  key: ['candidate_id'],
  indexes: ['(person_id)'],
});

/** One row for somebody who has several ids. */
export const identityPeople = defineTable({
  name: 'identity_people',
  columns: {
    person_id: 'uuid',
    /** `[{ mergeId, survivorId, mergedId, position }]`: the merges that stand, in their order. */
    merges: 'jsonb',
  },
  key: ['person_id'],
  indexes: [],
});

/** One row a merge, also one that was undone. */
export const identityMerges = defineTable({
  name: 'identity_merges',
  columns: {
    merge_id: 'uuid',
    survivor_id: 'uuid',
    merged_id: 'uuid',
    reason: 'text',
    merged_at: 'timestamptz',
    position: 'bigint',
    undone_at: 'timestamptz?',
    undone_position: 'bigint?',
  },
  key: ['merge_id'],
  indexes: ['(survivor_id)', '(merged_id)'],
});

/** One row a pair that somebody said is two people. */
export const identityToldApart = defineTable({
  name: 'identity_told_apart',
  columns: {
    /** The lower id. */
    candidate_id: 'uuid',
    other_id: 'uuid',
    /** How likely they looked one person then, in thousandths of a bit. */
    millibits: 'integer',
  },
  key: ['candidate_id', 'other_id'],
  indexes: [],
});
