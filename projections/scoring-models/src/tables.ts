import { defineTable } from '#libs/projecting';

/** One row a model that was published or made live. */
export const scoringModelRows = defineTable({
  name: 'scoring_models',
  columns: {
    version: 'integer',
    /** The document, as it was published. */
    model: 'jsonb',
    /** Null for one that came with the program. */
    published_at: 'timestamptz?',
    published_by: 'text?',
    /** In the log: rows by it are whole once they have been as far. */
    published_position: 'bigint?',
    /** Of the last time that it was made live; null for one that never was. */
    live_position: 'bigint?',
    live_at: 'timestamptz?',
    retired_at: 'timestamptz?',
  },
  key: ['version'],
  indexes: [],
});

/** One row a time that a model was made live: what scores went by at any past time. */
export const scoringSwitches = defineTable({
  name: 'scoring_switches',
  columns: {
    /** In the log. */
    position: 'bigint',
    version: 'integer',
    at: 'timestamptz',
  },
  key: ['position'],
  indexes: [],
});
