import type { Actor } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { funnel, silverMedallists } from '#projections/funnel';
import { candidatesById, talentSearch } from '#projections/talent-search';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { badCursor } from '../problems.js';
import { SearchRecords } from '../search-records/search-records.js';
import type { MedallistsPage, MedallistsQuery } from './medallists.dto.js';

/** Whoever was nearly hired, and what became of them. */
export class ListMedallists extends Query<MedallistsPage> {
  constructor(
    readonly options: MedallistsQuery,
    readonly caller: Actor,
  ) {
    super();
  }
}

@QueryHandler(ListMedallists)
export class ListMedallistsHandler implements IQueryHandler<ListMedallists> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly records: SearchRecords,
  ) {}

  async execute({ options: { after, ...criteria }, caller }: ListMedallists): Promise<MedallistsPage> {
    await this.freshness.reach(after, funnel.name, talentSearch.name);
    const page = await pageAfter(criteria.cursor, () => silverMedallists(this.database, criteria));
    if (!page.ok) throw badCursor();
    const { medallists, nextCursor } = page.value;
    const people = await candidatesById(
      this.database,
      medallists.map(({ candidateId }) => candidateId),
    );
    const items = medallists.map(({ since, interviewedSince, hiredSince, ...medallist }) => {
      const { name = null, title = null } = people.get(medallist.candidateId) ?? {};
      return {
        ...medallist,
        name,
        title,
        since: since.toISOString(),
        interviewedSince: interviewedSince?.toISOString() ?? null,
        hiredSince: hiredSince?.toISOString() ?? null,
      };
    });
    const { cursor, ...asked } = criteria;
    await this.records.record({
      caller,
      // The requisition is that for which they were nearly hired, not what somebody looks for them for.
      request: { silverMedallists: asked, cursor },
      shown: medallists.map(({ candidateId }) => ({ id: candidateId })),
      readModel: funnel.name,
    });
    return { stages: [...criteria.stages], items, nextCursor };
  }
}
