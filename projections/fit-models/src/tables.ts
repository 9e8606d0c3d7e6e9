import { defineTable } from '#libs/projecting';

/** One row a model that was published. */
export const fitModelRows = defineTable({
  name: 'fit_models',
  columns: {
    name: 'text',
    version: 'integer',
    /** The document, as it was published. */
    model: 'jsonb',
    published_at: 'timestamptz',
    published_by: 'text',
    retired_at: 'timestamptz?',
  },
  key: ['name', 'version'],
  indexes: [],
});
