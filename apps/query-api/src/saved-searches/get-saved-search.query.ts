import type { Caller } from '#libs/access';
import { Database } from '#libs/read-store';
import { savedSearchesProjection, type SavedSearch } from '#projections/saved-searches';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { knownSavedSearch } from './known-saved-search.js';
import type { SavedSearchDocument } from './saved-search.dto.js';

/** One saved search. */
export class GetSavedSearch extends Query<SavedSearchDocument> {
  constructor(
    readonly id: string,
    readonly caller: Caller,
    readonly after?: string,
  ) {
    super();
  }
}

export const savedSearchDocument = ({
  savedSearchId,
  ownerKind,
  owner,
  savedAt,
  changedAt,
  ...rest
}: SavedSearch): SavedSearchDocument => ({
  id: savedSearchId,
  ...rest,
  owner: ownerKind === null || owner === null ? null : { kind: ownerKind, id: owner },
  savedAt: savedAt.toISOString(),
  changedAt: changedAt.toISOString(),
});

@QueryHandler(GetSavedSearch)
export class GetSavedSearchHandler implements IQueryHandler<GetSavedSearch> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async execute({ id, caller, after }: GetSavedSearch): Promise<SavedSearchDocument> {
    await this.freshness.reach(after, savedSearchesProjection.name);
    return savedSearchDocument(await knownSavedSearch(this.database, id, caller));
  }
}
