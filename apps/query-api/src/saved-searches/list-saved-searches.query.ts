import type { Caller } from '#libs/access';
import { Database } from '#libs/read-store';
import { listSavedSearches, savedSearchesProjection } from '#projections/saved-searches';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import { savedSearchDocument } from './get-saved-search.query.js';
import { lookerOf } from './known-saved-search.js';
import type { SavedSearchesQuery, SavedSearchPage } from './saved-search.dto.js';

/** A page of the saved searches that a caller may see, the latest first. */
export class ListSavedSearches extends Query<SavedSearchPage> {
  constructor(
    readonly options: SavedSearchesQuery,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(ListSavedSearches)
export class ListSavedSearchesHandler implements IQueryHandler<ListSavedSearches> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async execute({ options: { after, owner, limit, cursor }, caller }: ListSavedSearches): Promise<SavedSearchPage> {
    await this.freshness.reach(after, savedSearchesProjection.name);
    const page = await pageAfter(cursor, () =>
      listSavedSearches(this.database, given({ looker: lookerOf(caller), owner, limit, cursor })),
    );
    if (!page.ok) throw badCursor();
    return { items: page.value.items.map(savedSearchDocument), nextCursor: page.value.nextCursor };
  }
}
