import { differing, err, ok, refusal, type Decider, type Decision } from '#libs/kernel';
import type { SavedSearchChanged, SavedSearchEvent, SavedSearchSaved } from '../events/saved-search-events.js';
import { evolveSavedSearch, unknownSavedSearch, type KnownSavedSearch, type SavedSearch } from './saved-search.js';

/** Who asks. `all`: they may see what others keep to themselves. */
export interface Asker {
  readonly id: string;
  readonly all: boolean;
}

export type SavedSearchCommand =
  | { readonly kind: 'save'; readonly saved: SavedSearchSaved }
  /** Absent: leave. Null: clear. */
  | { readonly kind: 'change'; readonly changes: SavedSearchChanged; readonly by: Asker }
  | { readonly kind: 'remove'; readonly by: Asker };

const savedSearchUnknown = refusal(
  'not-found',
  'saved-search-unknown',
  'There is no saved search with this id, or it was removed, or somebody else keeps it to themselves.',
);
const savedSearchExists = refusal(
  'conflict',
  'saved-search-exists',
  'There is a saved search with this id already. To change it, update it.',
);

const isHidden = ({ shared, savedBy }: KnownSavedSearch, by: Asker): boolean => !shared && !by.all && by.id !== savedBy;

const change = (changes: SavedSearchChanged, known: KnownSavedSearch): Decision<SavedSearchEvent> => {
  const changed: SavedSearchChanged = differing(changes, known);
  return ok(Object.keys(changed).length > 0 ? [{ type: 'saved-search.changed', data: changed }] : []);
};

const decide = (command: SavedSearchCommand, state: SavedSearch): Decision<SavedSearchEvent> => {
  if (command.kind === 'save')
    return state.kind === 'unknown'
      ? ok([{ type: 'saved-search.saved', data: command.saved }])
      : err(savedSearchExists);
  if (state.kind === 'removed' && command.kind === 'remove') return ok([]);
  if (state.kind !== 'known' || isHidden(state, command.by)) return err(savedSearchUnknown);
  return command.kind === 'change' ? change(command.changes, state) : ok([{ type: 'saved-search.removed', data: {} }]);
};

/** A search that's kept to be run again, on the stream `saved-search-<uuid>`. */
export const savedSearchDecider: Decider<SavedSearch, SavedSearchCommand, SavedSearchEvent> = {
  initial: unknownSavedSearch,
  decide,
  evolve: evolveSavedSearch,
};
