import { before } from '#libs/criteria';
import { countFindings, findingsModels } from '#libs/findings';
import { findings } from '#libs/hygiene';
import { CLOCK, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import type { HygieneDocument, HygieneQuery } from './hygiene.dto.js';

/** What lies before it is long ago. */
export const longAgo = (clock: Clock, months: number): Date => new Date(before(clock.now().getTime(), { months }));

/** How many people each finding holds of. */
export class GetHygiene extends Query<HygieneDocument> {
  constructor(readonly options: HygieneQuery) {
    super();
  }
}

@QueryHandler(GetHygiene)
export class GetHygieneHandler implements IQueryHandler<GetHygiene> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ options: { after, months, owner } }: GetHygiene): Promise<HygieneDocument> {
    await this.freshness.reach(after, ...findingsModels);
    const since = longAgo(this.clock, months);
    const counts = await countFindings(this.database, { longAgo: since, owner });
    return {
      longAgo: since.toISOString(),
      items: findings.map((finding) => ({ finding, count: counts[finding] })),
    };
  }
}
