import { CLOCK, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { engagement, scoresOf } from '#projections/engagement';
import { poolsProjection } from '#projections/pools';
import { talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { othersAsked } from '../candidates/elsewhere.js';
import { Freshness } from '../freshness/freshness.js';
import { ModelsInUse } from '../scores/models-in-use.js';
import { criteriaOf, knownPool } from './known-pool.js';
import { memberIdsOf, recently, touchesOf, type PoolToMeasure } from './pool-health.js';
import type { PoolHealthDocument } from './pool.dto.js';

/** How a pool does: its size, how much contact there is, who looks after it, and whether it grows cold. */
export class GetPoolHealth extends Query<PoolHealthDocument> {
  constructor(
    readonly poolId: string,
    readonly after?: string,
  ) {
    super();
  }
}

/** A band is a walk through a person's history, twice: of more people, none is told. */
const MAX_BANDS = 2_000;
const SHARE_PLACES = 1_000_000;

@QueryHandler(GetPoolHealth)
export class GetPoolHealthHandler implements IQueryHandler<GetPoolHealth> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly models: ModelsInUse,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ poolId, after }: GetPoolHealth): Promise<PoolHealthDocument> {
    await this.freshness.reach(after, poolsProjection.name, talentSearch.name, engagement.name);
    const pool = await knownPool(this.database, poolId);
    const now = this.clock.now();
    const by = await this.models.live(after);
    const measured = { poolId, criteria: criteriaOf(pool), now, by };
    await this.freshness.reach(after, ...othersAsked(measured.criteria, undefined));
    const { lastTouchAt, ...touches } = await touchesOf(this.database, measured);
    const { size, reached } = touches;
    return {
      at: now.toISOString(),
      ...touches,
      targetSize: pool.targetSize,
      owned: pool.owner !== null,
      lastTouchAt: lastTouchAt?.toISOString() ?? null,
      reachedShare: size === 0 ? null : Math.round((reached / size) * SHARE_PLACES) / SHARE_PLACES,
      ...(size > MAX_BANDS ? { cold: null, grownCold: null } : await this.warmth(measured)),
    };
  }

  private async warmth(pool: PoolToMeasure): Promise<{ cold: number; grownCold: number }> {
    const ids = await memberIdsOf(this.database, pool);
    const warm = async (at: Date): Promise<Set<string>> => {
      const scores = await scoresOf(this.database, ids, at, pool.by);
      return new Set(scores.filter(({ band }) => band === 'hot' || band === 'warm').map((score) => score.candidateId));
    };
    const [now, then] = await Promise.all([warm(pool.now), warm(recently(pool.now))]);
    return { cold: ids.length - now.size, grownCold: [...then].filter((id) => !now.has(id)).length };
  }
}
