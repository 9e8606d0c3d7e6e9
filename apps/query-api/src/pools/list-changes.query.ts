import { invalidRequest } from '#libs/http';
import type { Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { changesOf, poolsProjection } from '#projections/pools';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CLOCK } from '../clock.js';
import { Freshness } from '../freshness/freshness.js';
import { instantOf } from '../instant-parameter.js';
import { pageAfter } from '../page-after.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import { knownPool, refuseSegment } from './known-pool.js';
import type { ChangesQuery, PoolChangePage } from './member.dto.js';

/** A page of who came into a static pool, moved in it and left it. */
export class ListPoolChanges extends Query<PoolChangePage> {
  constructor(
    readonly poolId: string,
    readonly options: ChangesQuery,
  ) {
    super();
  }
}

@QueryHandler(ListPoolChanges)
export class ListPoolChangesHandler implements IQueryHandler<ListPoolChanges> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ poolId, options: { after, limit, cursor, ...times } }: ListPoolChanges): Promise<PoolChangePage> {
    const from = instantOf(times.from) ?? new Date(0);
    const to = instantOf(times.to) ?? this.clock.now();
    if (times.from !== undefined && times.to !== undefined && from >= to)
      throw invalidRequest([{ pointer: '/to', detail: 'must be later than from' }]);
    await this.freshness.reach(after, poolsProjection.name);
    refuseSegment(await knownPool(this.database, poolId));
    const page = await pageAfter(cursor, () => changesOf(this.database, given({ poolId, from, to, limit, cursor })));
    if (!page.ok) throw badCursor();
    const { items, nextCursor } = page.value;
    return { items: items.map(({ at, ...change }) => ({ ...change, at: at.toISOString() })), nextCursor };
  }
}
