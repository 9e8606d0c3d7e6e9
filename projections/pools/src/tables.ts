import { personTables } from '#libs/merging';
import { defineTable } from '#libs/projecting';

/** Who is one person: rows of memberships stay under the id that they were recorded for, and queries bring them together. */
export const poolPersons = personTables('pool');

/** One row a pool, closed ones too. */
export const pools = defineTable({
  name: 'pools',
  columns: {
    pool_id: 'uuid',
    /** Of the pool's own stream; what If-Match takes. */
    revision: 'integer',
    name: 'text',
    /** `static` or `segment`. */
    kind: 'text',
    purpose: 'text?',
    owner: 'text?',
    target_size: 'integer?',
    /** In order. */
    stages: 'text[]',
    /** Of a segment. */
    criteria: 'jsonb?',
    watched: 'boolean',
    opened_at: 'timestamptz',
    closed_at: 'timestamptz?',
    closed_reason: 'text?',
  },
  key: ['pool_id'],
  indexes: ['(name, pool_id)', '(owner)'],
});

/** One row each time that somebody was in a static pool. Half-open, and no two of a person in a pool overlap. */
export const poolMemberships = defineTable({
  name: 'pool_memberships',
  columns: {
    pool_id: 'uuid',
    candidate_id: 'uuid',
    /** Of the event that it began with, in the membership's stream. */
    began_revision: 'integer',
    /** Of the membership's stream; what If-Match takes. */
    revision: 'integer',
    /** Null in a pool without stages. */
    stage: 'text?',
    joined_at: 'timestamptz',
    joined_by: 'text',
    joined_reason: 'text?',
    joined_note: 'text?',
    /** Null while they're in. */
    left_at: 'timestamptz?',
    left_by: 'text?',
    left_reason: 'text?',
    left_note: 'text?',
  },
  key: ['pool_id', 'candidate_id', 'began_revision'],
  indexes: [
    '(pool_id, joined_at, candidate_id, began_revision)',
    '(pool_id, left_at, candidate_id)',
    '(candidate_id, joined_at)',
  ],
});

/** One row each stay at a stage. */
export const poolStages = defineTable({
  name: 'pool_stages',
  columns: {
    pool_id: 'uuid',
    candidate_id: 'uuid',
    /** Of the event that it began with. */
    revision: 'integer',
    stage: 'text',
    since: 'timestamptz',
    /** Null while they're at it. */
    until: 'timestamptz?',
    /** Whether they came from another stage of the pool. */
    moved: 'boolean',
    moved_by: 'text',
    reason: 'text?',
    note: 'text?',
  },
  key: ['pool_id', 'candidate_id', 'revision'],
  indexes: ['(pool_id, since, candidate_id) WHERE moved'],
});
