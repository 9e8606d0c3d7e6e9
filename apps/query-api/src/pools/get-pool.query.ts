import { Database } from '#libs/read-store';
import { poolsProjection } from '#projections/pools';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { knownPool } from './known-pool.js';
import { poolDocument } from './list-pools.query.js';
import type { PoolDocument } from './pool.dto.js';

/** One pool. */
export class GetPool extends Query<PoolDocument> {
  constructor(
    readonly poolId: string,
    readonly after?: string,
  ) {
    super();
  }
}

@QueryHandler(GetPool)
export class GetPoolHandler implements IQueryHandler<GetPool> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async execute({ poolId, after }: GetPool): Promise<PoolDocument> {
    await this.freshness.reach(after, poolsProjection.name);
    return poolDocument(await knownPool(this.database, poolId));
  }
}
