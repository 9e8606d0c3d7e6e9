import type { Criteria } from '#libs/criteria';
import { instantOf, invalidRequest } from '#libs/http';
import { CLOCK, type Actor, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { builtInStandings } from '#projections/engagement';
import { membersOf, poolsProjection, type Member, type Pool } from '#projections/pools';
import { candidatesById, searchTalent, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { asksScores, elsewhereBy, othersAsked } from '../candidates/elsewhere.js';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { PastStates, type PastView } from '../past-states/past-states.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import { SealedCursors } from '../sealed-cursors.js';
import { SearchRecords } from '../search-records/search-records.js';
import { cursorBy, ModelsInUse } from '../scores/models-in-use.js';
import { criteriaOf, knownPool } from './known-pool.js';
import type { MemberDocument, MemberPage, MembersQuery } from './member.dto.js';

/** A page of those who are in a pool, or were. */
export class ListMembers extends Query<MemberPage> {
  constructor(
    readonly poolId: string,
    readonly options: MembersQuery,
    readonly caller: Actor,
  ) {
    super();
  }
}

interface AskedSegment {
  readonly poolId: string;
  readonly where: Criteria;
  readonly past: PastView | undefined;
  readonly caller: Actor;
}

@QueryHandler(ListMembers)
export class ListMembersHandler implements IQueryHandler<ListMembers> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly records: SearchRecords,
    private readonly pasts: PastStates,
    private readonly models: ModelsInUse,
    private readonly cursors: SealedCursors,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ poolId, options, caller }: ListMembers): Promise<MemberPage> {
    const pool = await this.pool(poolId, options);
    const where = criteriaOf(pool);
    if (!where) return this.ofStatic(poolId, options, await this.past(false, options));
    if (options.stage !== undefined)
      throw invalidRequest([{ pointer: '/stage', detail: 'is for static pools: a segment has none' }]);
    // A static pool's members come in the order in which they joined, those of a segment by name: that mustn't stand in an address.
    const asked = { ...options, ...given({ cursor: this.cursors.open(options.cursor, poolId) }) };
    const page = await this.ofSegment({ poolId, where, past: await this.past(true, asked), caller }, asked);
    return { ...page, nextCursor: this.cursors.seal(page.nextCursor, poolId) };
  }

  private async pool(poolId: string, { after }: MembersQuery): Promise<Pool> {
    await this.freshness.reach(after, poolsProjection.name, talentSearch.name);
    return knownPool(this.database, poolId);
  }

  /** The rows of a static pool say who was in at any time, as is known now; anything else of the past takes a past state. */
  private past(isSegment: boolean, { at, asOfPosition, after, cursor }: MembersQuery): Promise<PastView | undefined> {
    if (!isSegment && asOfPosition === undefined) return Promise.resolve(undefined);
    return this.pasts.view({ asOf: at, asOfPosition, after }, cursor);
  }

  private async ofStatic(
    poolId: string,
    { at: asked, stage, limit, cursor: continued }: MembersQuery,
    past: PastView | undefined,
  ): Promise<MemberPage> {
    const cursor = past ? past.cursor : continued;
    const at = past?.now ?? instantOf(asked) ?? this.clock.now();
    const page = await pageAfter(cursor, () =>
      membersOf(past?.sql ?? this.database, given({ poolId, at, stage, limit, cursor })),
    );
    if (!page.ok) throw badCursor();
    const { at: asOf, items, nextCursor } = page.value;
    const people = await candidatesById(
      past?.sql ?? this.database,
      items.map(({ candidateId }) => candidateId),
    );
    const named = (member: Member): MemberDocument => {
      const { name = null, title = null } = people.get(member.candidateId) ?? {};
      const { joinedAt, leftAt, ...rest } = member;
      return { ...rest, name, title, joinedAt: joinedAt.toISOString(), leftAt: leftAt?.toISOString() ?? null };
    };
    return { at: asOf.toISOString(), items: items.map(named), ...pagesOf(past, nextCursor) };
  }

  /** By a search, and recorded as one: exact, by whatever passed since anything was recorded. */
  private async ofSegment(
    { poolId, where, past, caller }: AskedSegment,
    { after, limit, cursor: continued }: MembersQuery,
  ): Promise<MemberPage> {
    if (!past) await this.freshness.reach(after, ...othersAsked(where, undefined));
    const now = past?.now ?? this.clock.now();
    const scored = !past && asksScores(where, undefined);
    const { by, cursor } = scored
      ? await this.models.ofPage(continued, after)
      : { by: past?.by ?? builtInStandings, cursor: past ? past.cursor : continued };
    const elsewhere = elsewhereBy(by);
    const page = await pageAfter(cursor, () =>
      searchTalent(past?.sql ?? this.database, given({ criteria: { where }, limit, cursor, now, elsewhere })),
    );
    if (!page.ok) throw badCursor();
    const request = { where, limit, cursor };
    await this.records.record({ caller, request, shown: page.value.items, poolId, past });
    const items = page.value.items.map(({ id, name, title }) => ({ candidateId: id, name, title }));
    const { nextCursor } = page.value;
    return {
      at: page.value.now.toISOString(),
      items,
      ...pagesOf(past, scored ? cursorBy(by, nextCursor) : nextCursor),
    };
  }
}

const pagesOf = (past: PastView | undefined, nextCursor: string | null): Pick<MemberPage, 'nextCursor' | 'past'> =>
  past ? { nextCursor: past.nextCursor(nextCursor), past: past.seen } : { nextCursor };
