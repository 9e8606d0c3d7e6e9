import { defineTable } from '#libs/projecting';

/** One row a field that was ever declared. */
export const customFieldRows = defineTable({
  name: 'custom_fields',
  columns: {
    key: 'text',
    label: 'text',
    /** libs/candidates, `customFieldTypes`. */
    type: 'text',
    /** Whether values are sealed. */
    personal: 'boolean',
    description: 'text?',
    /** In the order in which they were declared; none for what's no choice. */
    options: 'text[]',
    declared_at: 'timestamptz',
    retired_at: 'timestamptz?',
  },
  key: ['key'],
  indexes: [],
});
