import { defineTable } from '#libs/projecting';

/** One row an id of a candidate: when what's known of them was last stated, and what came of writing to them. */
export const hygiene = defineTable({
  name: 'hygiene',
  columns: {
    candidate_id: 'uuid',
    /** When anything of the profile was last stated: added, or changed. */
    profile_stated_at: 'timestamptz?',
    /** When the addresses and numbers were. */
    addresses_stated_at: 'timestamptz?',
    /** The last time that a message came back for good. */
    hard_bounced_at: 'timestamptz?',
    /** The last time that one is known to have arrived: delivered, opened, clicked or answered. */
    arrived_at: 'timestamptz?',
  },
  key: ['candidate_id'],
  indexes: [],
});
