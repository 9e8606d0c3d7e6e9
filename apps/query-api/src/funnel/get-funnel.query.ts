import { instantOf, invalidRequest } from '#libs/http';
import { Database } from '#libs/read-store';
import { cohortFunnel, funnel } from '#projections/funnel';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import type { FunnelDocument, FunnelQuery } from './funnel.dto.js';

/** How far the applications of a time came. */
export class GetFunnel extends Query<FunnelDocument> {
  constructor(readonly options: FunnelQuery) {
    super();
  }
}

@QueryHandler(GetFunnel)
export class GetFunnelHandler implements IQueryHandler<GetFunnel> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async execute({ options: { after, by, within, ...times } }: GetFunnel): Promise<FunnelDocument> {
    const from = instantOf(times.from);
    const to = instantOf(times.to);
    if (from && to && from >= to) throw invalidRequest([{ pointer: '/to', detail: 'must be later than from' }]);
    await this.freshness.reach(after, funnel.name);
    const items = await cohortFunnel(this.database, {
      by,
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      ...(within === undefined ? {} : { withinDays: within }),
    });
    return { items };
  }
}
