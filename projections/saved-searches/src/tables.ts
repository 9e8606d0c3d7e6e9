import { defineTable } from '#libs/projecting';

/** One row a search that's kept; none once it's removed. */
export const savedSearches = defineTable({
  name: 'saved_searches',
  columns: {
    saved_search_id: 'uuid',
    /** Of its own stream; what If-Match takes. */
    revision: 'integer',
    name: 'text',
    /** `person` or `team`. */
    owner_kind: 'text?',
    owner: 'text?',
    shared: 'boolean',
    /** The caller who saved it. */
    saved_by: 'text',
    /** As libs/search-request describes it; null where the keys that sealed it are gone. */
    search: 'jsonb?',
    purpose: 'text?',
    requisition_id: 'text?',
    saved_at: 'timestamptz',
    changed_at: 'timestamptz',
  },
  key: ['saved_search_id'],
  indexes: ['(saved_at, saved_search_id)', '(owner)'],
});
