import { Database } from '#libs/read-store';
import { hygieneProjection, listPlans, type Plan } from '#projections/hygiene';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import type { PlanDocument, PlanPage, PlansQuery } from './plan.dto.js';

/** A page of the plans of hygiene, the latest first. */
export class ListPlans extends Query<PlanPage> {
  constructor(readonly options: PlansQuery) {
    super();
  }
}

const documentOf = ({ planId, ownerKind, owner, madeAt, retiredAt, nextRunAt, ...plan }: Plan): PlanDocument => ({
  id: planId,
  ...plan,
  owner: { kind: ownerKind, id: owner },
  checks: [...plan.checks],
  madeAt: madeAt.toISOString(),
  retiredAt: retiredAt?.toISOString() ?? null,
  nextRunAt: nextRunAt?.toISOString() ?? null,
});

@QueryHandler(ListPlans)
export class ListPlansHandler implements IQueryHandler<ListPlans> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async execute({ options: { after, owner, limit, cursor } }: ListPlans): Promise<PlanPage> {
    await this.freshness.reach(after, hygieneProjection.name);
    const page = await pageAfter(cursor, () => listPlans(this.database, given({ owner, limit, cursor })));
    if (!page.ok) throw badCursor();
    return { items: page.value.items.map(documentOf), nextCursor: page.value.nextCursor };
  }
}
