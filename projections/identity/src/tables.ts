import { personTables } from '#libs/merging';
import { defineTable } from '#libs/projecting';

export const { aliases: identityAliases, people: identityPeople } = personTables('identity');

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
