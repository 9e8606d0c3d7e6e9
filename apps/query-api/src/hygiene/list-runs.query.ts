import { Database } from '#libs/read-store';
import { hygieneProjection, listRuns, type Run } from '#projections/hygiene';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import type { RunDocument, RunPage, RunsQuery } from './plan.dto.js';

/** A page of what plans of hygiene found, the latest first. */
export class ListRuns extends Query<RunPage> {
  constructor(readonly options: RunsQuery) {
    super();
  }
}

const documentOf = ({
  runId,
  ownerKind,
  owner,
  dueAt,
  ranAt,
  longAgo,
  findings,
  months,
  minBits,
  ...run
}: Run): RunDocument => ({
  id: runId,
  ...run,
  owner: { kind: ownerKind, id: owner },
  dueAt: dueAt.toISOString(),
  ranAt: ranAt.toISOString(),
  longAgo: longAgo?.toISOString() ?? null,
  findings: findings.map(({ check, count }) => ({
    check,
    count,
    list:
      check === 'likely-duplicates'
        ? `/v1/duplicates?minBits=${minBits}`
        : `/v1/hygiene/people?finding=${check}&months=${months}`,
  })),
});

@QueryHandler(ListRuns)
export class ListRunsHandler implements IQueryHandler<ListRuns> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async execute({ options: { after, planId, owner, limit, cursor } }: ListRuns): Promise<RunPage> {
    await this.freshness.reach(after, hygieneProjection.name);
    const page = await pageAfter(cursor, () => listRuns(this.database, given({ planId, owner, limit, cursor })));
    if (!page.ok) throw badCursor();
    return { items: page.value.items.map(documentOf), nextCursor: page.value.nextCursor };
  }
}
