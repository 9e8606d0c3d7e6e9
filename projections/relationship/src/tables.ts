import { personTables } from '#libs/merging';
import { defineTable } from '#libs/projecting';

/** Who is one person. */
export const relationshipPersons = personTables('relationship');

/** One row a person of whom anything was said about being contacted. */
export const relationships = defineTable({
  name: 'relationship',
  columns: {
    candidate_id: 'uuid',
    /** A ContactLedger: what was said about being contacted, with when. */
    ledger: 'jsonb',
  },
  key: ['candidate_id'],
  indexes: [],
});

/**
 * One row each time that the whole of something was stated: of two statements about the same the later one holds, of the
 * same time the one that was recorded later.
 */
export const relationshipStatements = defineTable({
  name: 'relationship_statements',
  columns: {
    candidate_id: 'uuid',
    /** `owner`, `languages`, …; `note/<id>`. */
    about: 'text',
    position: 'bigint',
    stated_at: 'timestamptz',
    statement: 'jsonb?',
    /** Who stated it. */
    actor_kind: 'text',
    actor_id: 'text',
  },
  key: ['candidate_id', 'about', 'position'],
  indexes: [],
});

/**
 * One row a stretch of time in which somebody may be contacted, about anything: so that a search finds them as of any
 * instant. Half-open, and no two of an occasion touch.
 */
export const contactPermissions = defineTable({
  name: 'contact_permissions',
  columns: {
    /** The id that the person goes by. */
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
