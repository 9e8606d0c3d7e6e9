import { Database } from '#libs/read-store';
import { funnel, silverMedallists } from '#projections/funnel';
import { candidatesById, talentSearch } from '#projections/talent-search';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { badCursor } from '../problems.js';
import type { MedallistsPage, MedallistsQuery } from './medallists.dto.js';

/** Whoever was nearly hired, and what became of them. */
export class ListMedallists extends Query<MedallistsPage> {
  constructor(readonly options: MedallistsQuery) {
    super();
  }
}

@QueryHandler(ListMedallists)
export class ListMedallistsHandler implements IQueryHandler<ListMedallists> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async execute({ options: { after, ...criteria } }: ListMedallists): Promise<MedallistsPage> {
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
    return { stages: [...criteria.stages], items, nextCursor };
  }
}
