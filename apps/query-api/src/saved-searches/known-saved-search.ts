import type { Caller } from '#libs/access';
import { ProblemError } from '#libs/http';
import type { Database } from '#libs/read-store';
import { searchErrors, type AskedSearch } from '#libs/search-request';
import { savedSearchOf, type Looker, type SavedSearch } from '#projections/saved-searches';

export const lookerOf = ({ actor, roles }: Caller): Looker => ({ id: actor.id, all: roles.includes('admin') });

/** Throws 404 for a saved search that there's none of, or that this caller may not see. */
export const knownSavedSearch = async (database: Database, id: string, caller: Caller): Promise<SavedSearch> => {
  const found = await savedSearchOf(database, id, lookerOf(caller));
  if (found) return found;
  throw new ProblemError(404, 'saved-search-unknown', {
    detail:
      'There is no saved search with this id, or somebody else keeps it to themselves. One saved a moment ago is found ' +
      'with after=<position token>.',
  });
};

/** Throws 409 for what can't be asked any more: it was erased, or this version reads searches differently. */
export const askedBy = ({ search }: SavedSearch): AskedSearch => {
  if (!search)
    throw new ProblemError(409, 'saved-search-erased', {
      detail: 'What this search asked for was erased. Save what it is to ask for.',
    });
  const errors = searchErrors(search, 'store');
  if (errors.length === 0) return search;
  throw new ProblemError(409, 'saved-search-outdated', {
    detail: 'This search was saved when searches were read differently. Change it where the errors say.',
    errors: errors.map(({ pointer, detail }) => ({ pointer: `/search${pointer}`, detail })),
  });
};
