import { instantOf, invalidRequest } from '#libs/http';
import { CLOCK, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { crossedBands, crossedPlace, engagement, type Standings } from '#projections/engagement';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import type { CrossedPage, CrossedQuery } from './crossed.dto.js';
import { ModelsInUse } from './models-in-use.js';

/** Who is in another band by one scoring model than by another. */
export class ListCrossed extends Query<CrossedPage> {
  constructor(readonly options: CrossedQuery) {
    super();
  }
}

@QueryHandler(ListCrossed)
export class ListCrossedHandler implements IQueryHandler<ListCrossed> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly models: ModelsInUse,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ options }: ListCrossed): Promise<CrossedPage> {
    const { at: asked, from = null, to = null, limit, cursor, after } = options;
    await this.freshness.reach(after, engagement.name);
    const now = this.clock.now();
    const at = instantOf(asked) ?? now;
    if (at < now && cursor === undefined) throw invalidRequest([{ pointer: '/at', detail: 'must not be in the past' }]);
    const [one, other] = await this.both(options);
    const page = await pageAfter(cursor, () =>
      crossedBands(this.database, one, other, { at, from, to, limit, ...given({ cursor }) }),
    );
    if (!page.ok) throw badCursor();
    const { at: asOf, items, nextCursor } = page.value;
    return {
      one: one.model.version,
      other: other.model.version,
      at: asOf.toISOString(),
      items: [...items],
      nextCursor,
    };
  }

  /** Pages after the first go by the models of the first, also after a switch. */
  private async both({ one, other, cursor, after }: CrossedQuery): Promise<[Standings, Standings]> {
    if (cursor === undefined)
      return [
        one === undefined ? await this.models.live(after) : await this.models.scoredBy(one, after, '/one'),
        await this.models.scoredBy(other, after, '/other'),
      ];
    const first = crossedPlace(cursor);
    if (!first || (one !== undefined && one !== first.one) || other !== first.other) throw badCursor();
    return [await this.models.ofCursor(first.one, after), await this.models.ofCursor(first.other, after)];
  }
}
