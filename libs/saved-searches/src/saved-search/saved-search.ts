import { unknownEvent } from '#libs/kernel';
import type { SavedSearchEvent, SavedSearchSaved } from '../events/saved-search-events.js';

/** What was decided about a saved search so far. */
export interface KnownSavedSearch extends SavedSearchSaved {
  readonly kind: 'known';
}

export type SavedSearch = { readonly kind: 'unknown' } | { readonly kind: 'removed' } | KnownSavedSearch;

export const unknownSavedSearch: SavedSearch = { kind: 'unknown' };

/** Takes changes in; null takes a field away. */
const changed = (known: KnownSavedSearch, changes: Readonly<Record<string, unknown>>): KnownSavedSearch =>
  Object.fromEntries(
    Object.entries({ ...known, ...changes }).filter(([, value]) => value !== null),
  ) as unknown as KnownSavedSearch;

export const evolveSavedSearch = (state: SavedSearch, event: SavedSearchEvent): SavedSearch => {
  if (event.type === 'saved-search.saved') return { ...event.data, kind: 'known' };
  if (state.kind !== 'known') throw new Error(`${event.type} of a search that isn't saved.`);
  switch (event.type) {
    case 'saved-search.changed':
      return changed(state, event.data);
    case 'saved-search.removed':
      return { kind: 'removed' };
    default:
      return unknownEvent(event);
  }
};
