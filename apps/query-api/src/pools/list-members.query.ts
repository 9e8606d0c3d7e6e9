import type { Criteria } from '#libs/criteria';
import { invalidRequest } from '#libs/http';
import type { Actor, Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { membersOf, poolsProjection, type Member } from '#projections/pools';
import { candidatesById, searchTalent, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { elsewhere, othersAsked } from '../candidates/elsewhere.js';
import { CLOCK } from '../clock.js';
import { Freshness } from '../freshness/freshness.js';
import { instantOf } from '../instant-parameter.js';
import { pageAfter } from '../page-after.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import { SearchRecords } from '../search-records/search-records.js';
import { criteriaOf, knownPool, refuseSegment } from './known-pool.js';
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

@QueryHandler(ListMembers)
export class ListMembersHandler implements IQueryHandler<ListMembers> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly records: SearchRecords,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ poolId, options, caller }: ListMembers): Promise<MemberPage> {
    await this.freshness.reach(options.after, poolsProjection.name, talentSearch.name);
    const pool = await knownPool(this.database, poolId);
    const criteria = criteriaOf(pool);
    if (!criteria) return this.ofStatic(poolId, options);
    if (options.at !== undefined) refuseSegment(pool);
    if (options.stage !== undefined)
      throw invalidRequest([{ pointer: '/stage', detail: 'is for static pools: a segment has none' }]);
    return this.ofSegment(poolId, criteria, options, caller);
  }

  private async ofStatic(poolId: string, { at, stage, limit, cursor }: MembersQuery): Promise<MemberPage> {
    const page = await pageAfter(cursor, () =>
      membersOf(this.database, given({ poolId, at: instantOf(at) ?? this.clock.now(), stage, limit, cursor })),
    );
    if (!page.ok) throw badCursor();
    const { at: asOf, items, nextCursor } = page.value;
    const people = await candidatesById(
      this.database,
      items.map(({ candidateId }) => candidateId),
    );
    const named = (member: Member): MemberDocument => {
      const { name = null, title = null } = people.get(member.candidateId) ?? {};
      const { joinedAt, leftAt, ...rest } = member;
      return { ...rest, name, title, joinedAt: joinedAt.toISOString(), leftAt: leftAt?.toISOString() ?? null };
    };
    return { at: asOf.toISOString(), items: items.map(named), nextCursor };
  }

  /** By a search, and recorded as one: exact for now, by whatever passed since anything was recorded. */
  private async ofSegment(
    poolId: string,
    where: Criteria,
    { after, limit, cursor }: MembersQuery,
    caller: Actor,
  ): Promise<MemberPage> {
    await this.freshness.reach(after, ...othersAsked(where, undefined));
    const now = this.clock.now();
    const page = await pageAfter(cursor, () =>
      searchTalent(this.database, given({ criteria: { where }, limit, cursor, now, elsewhere })),
    );
    if (!page.ok) throw badCursor();
    const request = { where, limit, cursor };
    await this.records.record({ caller, request, shown: page.value.items, poolId });
    const items = page.value.items.map(({ id, name, title }) => ({ candidateId: id, name, title }));
    return { at: now.toISOString(), items, nextCursor: page.value.nextCursor };
  }
}
