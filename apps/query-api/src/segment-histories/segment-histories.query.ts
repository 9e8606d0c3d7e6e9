import { instantOf, invalidRequest } from '#libs/http';
import type { Actor } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { poolsProjection, segmentChanges, segmentMembers } from '#projections/pools';
import { candidatesById } from '#projections/talent-search';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import { SearchRecords } from '../search-records/search-records.js';
import { historyDocument, SegmentHistories } from './segment-histories.js';
import type {
  SegmentChangePage,
  SegmentChangesQuery,
  SegmentHistoryDocument,
  SegmentHistoryList,
  SegmentHistoryRequest,
  SegmentMemberPage,
  SegmentMembersQuery,
} from './segment-history.dto.js';

const LISTED = 100;

/** Has the whole past of a segment computed. */
export class RequestSegmentHistory extends Query<SegmentHistoryDocument> {
  constructor(
    readonly request: SegmentHistoryRequest,
    readonly after?: string,
  ) {
    super();
  }
}

@QueryHandler(RequestSegmentHistory)
export class RequestSegmentHistoryHandler implements IQueryHandler<RequestSegmentHistory> {
  constructor(
    private readonly freshness: Freshness,
    private readonly histories: SegmentHistories,
  ) {}

  async execute({ request, after }: RequestSegmentHistory): Promise<SegmentHistoryDocument> {
    await this.freshness.reach(after, poolsProjection.name);
    return historyDocument(await this.histories.request(request, after));
  }
}

/** One history of a segment, and how far it has come. */
export class GetSegmentHistory extends Query<SegmentHistoryDocument> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(GetSegmentHistory)
export class GetSegmentHistoryHandler implements IQueryHandler<GetSegmentHistory> {
  constructor(private readonly histories: SegmentHistories) {}

  async execute({ id }: GetSegmentHistory): Promise<SegmentHistoryDocument> {
    return historyDocument(await this.histories.one(id));
  }
}

/** The histories that are kept. */
export class ListSegmentHistories extends Query<SegmentHistoryList> {}

@QueryHandler(ListSegmentHistories)
export class ListSegmentHistoriesHandler implements IQueryHandler<ListSegmentHistories> {
  constructor(private readonly histories: SegmentHistories) {}

  async execute(): Promise<SegmentHistoryList> {
    return { items: (await this.histories.jobs.list('segment', LISTED)).map(historyDocument) };
  }
}

const notBeyond = (name: string, at: Date | undefined, until: Date): Date => {
  if (at && at > until) throw invalidRequest([{ pointer: `/${name}`, detail: 'must not be later than the history' }]);
  return at ?? until;
};

/** A page of those who were in a segment at any time; recorded as a search. */
export class ListSegmentMembers extends Query<SegmentMemberPage> {
  constructor(
    readonly id: string,
    readonly options: SegmentMembersQuery,
    readonly caller: Actor,
  ) {
    super();
  }
}

@QueryHandler(ListSegmentMembers)
export class ListSegmentMembersHandler implements IQueryHandler<ListSegmentMembers> {
  constructor(
    private readonly histories: SegmentHistories,
    private readonly database: Database,
    private readonly records: SearchRecords,
  ) {}

  async execute({ id, options, caller }: ListSegmentMembers): Promise<SegmentMemberPage> {
    const { at: asked, limit, cursor } = options;
    const { sql, until, poolId } = await this.histories.ready(id);
    const at = notBeyond('at', instantOf(asked), until);
    const page = await pageAfter(cursor, () => segmentMembers(sql, given({ at, limit, cursor })));
    if (!page.ok) throw badCursor();
    const { items, nextCursor } = page.value;
    const request = { segmentHistoryId: id, at: at.toISOString(), limit, cursor };
    const shown = items.map(({ candidateId }) => ({ id: candidateId }));
    await this.records.record({ caller, request, shown, poolId });
    const people = await candidatesById(
      this.database,
      items.map(({ candidateId }) => candidateId),
    );
    return {
      at: at.toISOString(),
      items: items.map(({ candidateId, enteredAt, leftAt, because }) => {
        const { name = null, title = null } = people.get(candidateId) ?? {};
        return {
          candidateId,
          name,
          title,
          enteredAt: enteredAt.toISOString(),
          because: [...because],
          leftAt: leftAt?.toISOString() ?? null,
        };
      }),
      nextCursor,
    };
  }
}

/** A page of who came into a segment and went, and why. */
export class ListSegmentChanges extends Query<SegmentChangePage> {
  constructor(
    readonly id: string,
    readonly options: SegmentChangesQuery,
  ) {
    super();
  }
}

@QueryHandler(ListSegmentChanges)
export class ListSegmentChangesHandler implements IQueryHandler<ListSegmentChanges> {
  constructor(private readonly histories: SegmentHistories) {}

  async execute({ id, options: { limit, cursor, ...times } }: ListSegmentChanges): Promise<SegmentChangePage> {
    const { sql, until } = await this.histories.ready(id);
    const from = instantOf(times.from) ?? new Date(0);
    const to = notBeyond('to', instantOf(times.to), until);
    if (times.from !== undefined && from >= to)
      throw invalidRequest([{ pointer: '/from', detail: 'must be earlier than to, and than the end of the history' }]);
    const page = await pageAfter(cursor, () => segmentChanges(sql, given({ from, to, limit, cursor })));
    if (!page.ok) throw badCursor();
    const { items, nextCursor } = page.value;
    return {
      items: items.map(({ at, because, ...change }) => ({ ...change, at: at.toISOString(), because: [...because] })),
      nextCursor,
    };
  }
}
