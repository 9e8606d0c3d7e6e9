import { idInStream, type StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler } from '#libs/projecting';
import type { SavedSearchChanged, SavedSearchSaved } from '#libs/saved-searches';
import { savedSearches } from './tables.js';

const keyOf = (event: StoredEvent): { saved_search_id: string } => ({
  saved_search_id: idInStream(event, 'saved-search'),
});
const needs: Handler['needs'] = (event) => [row(savedSearches, keyOf(event))];

/** What reads `[erased]` asks for nothing, least of all for everybody. */
const known = (search: unknown): object | null => (typeof search === 'object' ? search : null);

const saved: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    const { name, owner, shared, savedBy, search, purpose, requisitionId } = event.data as SavedSearchSaved;
    rows.put(savedSearches, {
      ...keyOf(event),
      revision: event.revision,
      name,
      owner_kind: owner?.kind ?? null,
      owner: owner?.id ?? null,
      shared,
      saved_by: savedBy,
      search: known(search),
      purpose: purpose ?? null,
      requisition_id: requisitionId ?? null,
      saved_at: event.occurredAt,
      changed_at: event.occurredAt,
    });
  },
};

const changed: Handler = {
  needs,
  apply: (event, rows) => {
    const before = rows.get(savedSearches, keyOf(event));
    if (!before) throw new Error(`${event.type} of a search that isn't saved.`);
    const { name, owner, shared, search, purpose, requisitionId } = event.data as SavedSearchChanged;
    rows.put(savedSearches, {
      ...before,
      revision: event.revision,
      changed_at: event.occurredAt,
      ...(name === undefined ? {} : { name }),
      ...(owner === undefined ? {} : { owner_kind: owner?.kind ?? null, owner: owner?.id ?? null }),
      ...(shared === undefined ? {} : { shared }),
      ...(search === undefined ? {} : { search: known(search) }),
      ...(purpose === undefined ? {} : { purpose }),
      ...(requisitionId === undefined ? {} : { requisition_id: requisitionId }),
    });
  },
};

const removed: Handler = { needs, apply: (event, rows) => rows.remove(savedSearches, keyOf(event)) };

/** The searches that are kept to be run again. */
export const savedSearchesProjection = defineProjection({
  name: 'saved-searches',
  version: 1,
  tables: [savedSearches],
  handlers: { 'saved-search.saved': saved, 'saved-search.changed': changed, 'saved-search.removed': removed },
});
