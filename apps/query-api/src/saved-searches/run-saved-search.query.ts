import type { Caller } from '#libs/access';
import { Database } from '#libs/read-store';
import { savedSearchesProjection } from '#projections/saved-searches';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SearchRequest, type CandidatePage } from '../candidates/search-candidates.dto.js';
import { SearchCandidates } from '../candidates/search-candidates.query.js';
import { Freshness } from '../freshness/freshness.js';
import type { AskedMoment } from '../past-states/past-states.js';
import { given } from '../plain.js';
import { askedBy, knownSavedSearch } from './known-saved-search.js';
import type { RunSavedSearchRequest } from './saved-search.dto.js';

/** A page of whom a saved search finds, now or as of a past moment. */
export class RunSavedSearch extends Query<CandidatePage> {
  constructor(
    readonly id: string,
    readonly request: RunSavedSearchRequest,
    readonly caller: Caller,
    readonly moment: AskedMoment = {},
  ) {
    super();
  }
}

@QueryHandler(RunSavedSearch)
export class RunSavedSearchHandler implements IQueryHandler<RunSavedSearch> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly queries: QueryBus,
  ) {}

  async execute({ id, request, caller, moment }: RunSavedSearch): Promise<CandidatePage> {
    await this.freshness.reach(moment.after, savedSearchesProjection.name);
    const saved = await knownSavedSearch(this.database, id, caller);
    const { purpose, requisitionId } = saved;
    const search = Object.assign(new SearchRequest(), askedBy(saved), {
      ...(purpose === null ? {} : { purpose }),
      ...(requisitionId === null ? {} : { requisitionId }),
      ...given(request),
    });
    return this.queries.execute(new SearchCandidates(search, caller.actor, moment, saved.savedSearchId));
  }
}
