import { instantOf, invalidRequest } from '#libs/http';
import { CLOCK, ok, type Clock, type Result } from '#libs/kernel';
import { Database } from '#libs/read-store';
import {
  changesOf,
  poolsProjection,
  toldChangesOf,
  type ChangeCriteria,
  type Page,
  type ToldSegmentChange,
} from '#projections/pools';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import { knownPool, refuseUnwatched } from './known-pool.js';
import type { ChangesQuery, PoolChangeDocument, PoolChangePage } from './member.dto.js';

/** Who tells of watched segments. */
const WATCH = 'segment';

/** A page of who came into a static pool, moved in it and left it, or of what was told of a watched segment. */
export class ListPoolChanges extends Query<PoolChangePage> {
  constructor(
    readonly poolId: string,
    readonly options: ChangesQuery,
  ) {
    super();
  }
}

const documentOf = ({ at, toldAt, because, ...change }: ToldSegmentChange): PoolChangeDocument => ({
  ...change,
  at: at.toISOString(),
  toldAt: toldAt.toISOString(),
  because: [...because],
  by: WATCH,
  stage: null,
  note: null,
});

const mapped = <T>(
  page: Result<Page<T>, 'bad-cursor'>,
  toDocument: (item: T) => PoolChangeDocument,
): Result<PoolChangePage, 'bad-cursor'> =>
  page.ok ? ok({ items: page.value.items.map(toDocument), nextCursor: page.value.nextCursor }) : page;

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
    const pool = await knownPool(this.database, poolId);
    refuseUnwatched(pool);
    const asked = given({ poolId, from, to, limit, cursor });
    const page = await pageAfter(cursor, () => (pool.kind === 'static' ? this.ofStatic(asked) : this.ofSegment(asked)));
    if (!page.ok) throw badCursor();
    return page.value;
  }

  private async ofStatic(asked: ChangeCriteria): Promise<Result<PoolChangePage, 'bad-cursor'>> {
    const page = await changesOf(this.database, asked);
    return mapped(page, ({ at, ...change }) => ({ ...change, at: at.toISOString() }));
  }

  private async ofSegment(asked: ChangeCriteria): Promise<Result<PoolChangePage, 'bad-cursor'>> {
    return mapped(await toldChangesOf(this.database, asked), documentOf);
  }
}
