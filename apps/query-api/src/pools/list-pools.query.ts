import { Database } from '#libs/read-store';
import { listPools, poolsProjection, type Pool } from '#projections/pools';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import type { PoolDocument, PoolPage, PoolsQuery } from './pool.dto.js';

/** A page of the pools, by name. */
export class ListPools extends Query<PoolPage> {
  constructor(readonly options: PoolsQuery) {
    super();
  }
}

export const poolDocument = ({ poolId, stages, openedAt, closedAt, ...pool }: Pool): PoolDocument => ({
  id: poolId,
  ...pool,
  stages: [...stages],
  openedAt: openedAt.toISOString(),
  closedAt: closedAt?.toISOString() ?? null,
});

@QueryHandler(ListPools)
export class ListPoolsHandler implements IQueryHandler<ListPools> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async execute({ options: { after, owner, kind, closed, limit, cursor } }: ListPools): Promise<PoolPage> {
    await this.freshness.reach(after, poolsProjection.name);
    const page = await pageAfter(cursor, () => listPools(this.database, given({ owner, kind, closed, limit, cursor })));
    if (!page.ok) throw badCursor();
    return { items: page.value.items.map(poolDocument), nextCursor: page.value.nextCursor };
  }
}
