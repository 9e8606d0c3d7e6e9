import { instantOf } from '#libs/http';
import { CLOCK, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { engagement, hottest, modelOfCursor, type Standings } from '#projections/engagement';
import { candidatesById, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { badCursor } from '../problems.js';
import { ModelsInUse } from './models-in-use.js';
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
    private readonly models: ModelsInUse,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ options }: ListHottest): Promise<HottestPage> {
    const { after, at, limit, cursor, includeUnsubscribed } = options;
    await this.freshness.reach(after, engagement.name, talentSearch.name);
    const by = await this.by(options);
    const page = await pageAfter(cursor, () =>
      hottest(
        this.database,
        {
          at: instantOf(at) ?? this.clock.now(),
          limit,
          includeUnsubscribed,
          ...(cursor === undefined ? {} : { cursor }),
        },
        by,
      ),
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
    return { at: page.value.at.toISOString(), modelVersion: by.model.version, items: named, nextCursor };
  }

  /** Pages after the first go by the model of the first. */
  private by({ model, cursor, after }: HottestQuery): Promise<Standings> {
    if (cursor === undefined) return model === undefined ? this.models.live(after) : this.models.scoredBy(model, after);
    const version = modelOfCursor(cursor);
    if (version === undefined || (model !== undefined && model !== version)) throw badCursor();
    return this.models.ofCursor(version, after);
  }
}
