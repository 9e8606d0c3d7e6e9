import { CLOCK, err, ok, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { badCursor } from '../problems.js';
import { findingsModels, listFound, type FoundPerson } from '#libs/findings';
import { foundCursor, foundEdge } from './found-cursor.js';
import { longAgo } from './get-hygiene.query.js';
import type { FoundPeoplePage, FoundPeopleQuery } from './hygiene.dto.js';

/** Of whom a finding holds. */
export class ListFound extends Query<FoundPeoplePage> {
  constructor(readonly options: FoundPeopleQuery) {
    super();
  }
}

const documentOf = ({ candidate_id, since, ...person }: FoundPerson) => ({
  candidateId: candidate_id,
  ...person,
  since: since.toISOString(),
});

@QueryHandler(ListFound)
export class ListFoundHandler implements IQueryHandler<ListFound> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ options: { after, finding, months, owner, limit, cursor } }: ListFound): Promise<FoundPeoplePage> {
    await this.freshness.reach(after, ...findingsModels);
    const since = longAgo(this.clock, months);
    const rows = await pageAfter(cursor, async () => {
      const edge = cursor === undefined ? undefined : foundEdge(cursor);
      if (cursor !== undefined && !edge) return err('bad-cursor' as const);
      return ok(await listFound(this.database, finding, { longAgo: since, owner, after: edge, limit: limit + 1 }));
    });
    if (!rows.ok) throw badCursor();
    const items = rows.value.slice(0, limit).map(documentOf);
    const last = items.at(-1);
    return {
      longAgo: since.toISOString(),
      items,
      nextCursor: rows.value.length > limit && last ? foundCursor(last) : null,
    };
  }
}
