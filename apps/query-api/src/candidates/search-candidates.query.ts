import { invalidRequest } from '#libs/http';
import { CLOCK, type Actor, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { builtInStandings } from '#projections/engagement';
import { countFacets, highlightsOf, searchTalent, talentSearch, type Highlight } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { FitModels, fitCursor, fitRecorded } from '../fit/fit-models.js';
import { assertFitGrid, fitGridOf, foundFits } from '../fit/found-fit.js';
import { KnownCustomFields } from '../custom-fields/known-custom-fields.js';
import { Freshness } from '../freshness/freshness.js';
import { given } from '../plain.js';
import { pageAfter } from '../page-after.js';
import { PastStates, type AskedMoment } from '../past-states/past-states.js';
import { badCursor } from '../problems.js';
import { cursorBy, ModelsInUse } from '../scores/models-in-use.js';
import { SearchRecords } from '../search-records/search-records.js';
import { candidateDocument } from './candidate-document.js';
import type { CandidatePage, HighlightDocument, SearchRequest } from './search-candidates.dto.js';
import { asksScores, elsewhereBy, othersAsked } from './elsewhere.js';
import { criteriaOf } from './search-criteria.js';

/** A page of the candidates that fulfil all criteria. */
export class SearchCandidates extends Query<CandidatePage> {
  constructor(
    readonly request: SearchRequest,
    readonly caller: Actor,
    readonly moment: AskedMoment = {},
    /** The saved search that the request comes from. */
    readonly savedSearchId?: string,
  ) {
    super();
  }
}

const highlightDocument = ({ ranges, ...rest }: Highlight): HighlightDocument => ({
  ...rest,
  ranges: ranges.map(([from, to]) => [from, to]),
});

@QueryHandler(SearchCandidates)
export class SearchCandidatesHandler implements IQueryHandler<SearchCandidates> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly records: SearchRecords,
    private readonly pasts: PastStates,
    private readonly models: ModelsInUse,
    private readonly fits: FitModels,
    private readonly fields: KnownCustomFields,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ request, caller, moment, savedSearchId }: SearchCandidates): Promise<CandidatePage> {
    const asked = criteriaOf(request, savedSearchId === undefined ? 'request' : 'store');
    if (!asked.ok) throw invalidRequest(asked.error);
    await this.fields.check(asked.value.where, moment.after);
    assertFitGrid(request);
    const { limit, total, sort, facets, highlight, fitGrid } = request;
    const past = await this.pasts.view(moment, request.cursor);
    const { after } = past ? { after: undefined } : moment;
    await this.freshness.reach(after, talentSearch.name, ...othersAsked(asked.value.where, sort?.by, fitGrid));
    const sql = past?.sql ?? this.database;
    const scored = !past && asksScores(asked.value.where, sort?.by, fitGrid);
    const { by, cursor: unscored } = scored
      ? await this.models.ofPage(request.cursor, after)
      : { by: past?.by ?? builtInStandings, cursor: past ? past.cursor : request.cursor };
    const { fit, cursor } = await this.fits.ofPage(request.fit, unscored, moment.after);
    const criteria = { ...asked.value, ...(fit ? { fit } : {}) };
    const scope = { now: past?.now ?? this.clock.now(), elsewhere: elsewhereBy(by) };
    const page = await pageAfter(cursor, () =>
      searchTalent(sql, {
        criteria,
        limit,
        total,
        ...scope,
        ...(cursor === undefined ? {} : { cursor }),
        ...(sort ? { sort: given(sort) } : {}),
      }),
    );
    if (!page.ok) {
      if (page.error === 'bad-cursor') throw badCursor();
      const needs = page.error === 'relevance-without-text' ? 'relevance only together with text' : 'fit only with fit';
      throw invalidRequest([{ pointer: '/sort/by', detail: `can be ${needs}` }]);
    }
    const { now, ...shown } = page.value;
    const counting = { ...scope, now };
    const fits = await foundFits({ sql, criteria, ...counting }, shown.items);
    const found = shown.items.map((person) => ({
      ...candidateDocument(person),
      ...(highlight ? { highlights: highlightsOf(person, criteria).map(highlightDocument) } : {}),
      ...given({ fit: fits.get(person.id) }),
    }));
    await this.records.record({
      caller,
      request: fitRecorded(request, fit),
      shown: found,
      total: shown.total,
      savedSearchId,
      past,
    });
    const counted = facets && (await countFacets(sql, criteria, facets, counting));
    const nextCursor = fitCursor(fit?.model, shown.nextCursor);
    return {
      ...shown,
      nextCursor: scored ? cursorBy(by, nextCursor) : nextCursor,
      items: found,
      ...(past ? { nextCursor: past.nextCursor(nextCursor), past: past.seen } : {}),
      ...(counted ? { facets: counted.map(({ facet, values }) => ({ facet, values: [...values] })) } : {}),
      ...(fitGrid ? { fitGrid: await fitGridOf({ sql, criteria, ...counting }, by) } : {}),
    };
  }
}
