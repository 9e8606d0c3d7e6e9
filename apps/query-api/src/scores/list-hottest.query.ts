import type { Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { engagement, hottest } from '#projections/engagement';
import { candidatesById, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CLOCK } from '../clock.js';
import { Freshness } from '../freshness/freshness.js';
import { instantOf } from '../instant-parameter.js';
import { pageAfter } from '../page-after.js';
import { badCursor } from '../problems.js';
import type { HottestPage, HottestQuery } from './hottest.dto.js';
import { scoreSummary } from './score-document.js';

/** The most engaged candidates, hottest first. */
export class ListHottest extends Query<HottestPage> {
  constructor(readonly options: HottestQuery) {
    super();
  }
}

@QueryHandler(ListHottest)
export class ListHottestHandler implements IQueryHandler<ListHottest> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ options: { after, at, limit, cursor, includeUnsubscribed } }: ListHottest): Promise<HottestPage> {
    await this.freshness.reach(after, engagement.name, talentSearch.name);
    const page = await pageAfter(cursor, () =>
      hottest(this.database, {
        at: instantOf(at) ?? this.clock.now(),
        limit,
        includeUnsubscribed,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    if (!page.ok) throw badCursor();
    const { items, nextCursor } = page.value;
    const people = await candidatesById(
      this.database,
      items.map(({ candidateId }) => candidateId),
    );
    const named = items.map((score) => {
      const { name = null, title = null } = people.get(score.candidateId) ?? {};
      return { ...scoreSummary(score), name, title };
    });
    return { at: page.value.at.toISOString(), items: named, nextCursor };
  }
}
