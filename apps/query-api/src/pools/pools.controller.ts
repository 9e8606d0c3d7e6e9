import { CurrentCaller, Roles, type Caller } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AfterQuery } from '../freshness/after.dto.js';
import { DearQuery } from '../query-cost/dear-query.js';
import { GetMemberHistory } from './get-member-history.query.js';
import { GetPoolHealth } from './get-pool-health.query.js';
import { GetPool } from './get-pool.query.js';
import { ListPoolChanges } from './list-changes.query.js';
import { ListMembers } from './list-members.query.js';
import { ListPools } from './list-pools.query.js';
import { MemberHistoryDocument, MemberHistoryQuery } from './member-history.dto.js';
import { ChangesQuery, MemberPage, MembersQuery, PoolChangePage } from './member.dto.js';
import { PoolDocument, PoolHealthDocument, PoolPage, PoolsQuery } from './pool.dto.js';

const ApiPoolId = (): MethodDecorator =>
  ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c' });

@ApiTags('pools')
@Roles('service', 'analyst', 'admin')
@DearQuery()
@Controller('v1/pools')
export class PoolsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'The pools there are, by name' })
  @ApiOkResponse({ type: PoolPage })
  @ApiProblems(400)
  list(@Query() query: PoolsQuery): Promise<PoolPage> {
    return this.queries.execute(new ListPools(query));
  }

  @Get(':id')
  @ApiPoolId()
  @ApiOperation({ summary: 'One pool' })
  @ApiOkResponse({ type: PoolDocument })
  @ApiProblems(400, 404)
  pool(@UuidParam() id: string, @Query() { after }: AfterQuery): Promise<PoolDocument> {
    return this.queries.execute(new GetPool(id, after));
  }

  @Get(':id/health')
  @ApiPoolId()
  @ApiOperation({ summary: 'How a pool does: size, contact, owners, and whether it grows cold' })
  @ApiOkResponse({ type: PoolHealthDocument })
  @ApiProblems(400, 404)
  health(@UuidParam() id: string, @Query() { after }: AfterQuery): Promise<PoolHealthDocument> {
    return this.queries.execute(new GetPoolHealth(id, after));
  }

  @Get(':id/members')
  @ApiPoolId()
  @ApiOperation({
    summary: 'Who is in a pool; who was in at any time, as is known now or as was known then',
    description: 'A page of the members of a segment is a search, and recorded as one before it is answered.',
  })
  @ApiOkResponse({ type: MemberPage })
  @ApiProblems(400, 404, 409)
  members(@UuidParam() id: string, @Query() query: MembersQuery, @CurrentCaller() caller: Caller): Promise<MemberPage> {
    return this.queries.execute(new ListMembers(id, query, caller.actor));
  }

  @Get(':id/changes')
  @ApiPoolId()
  @ApiOperation({
    summary:
      'Who came into a static pool, moved in it and left it, and why; who came into a watched segment and left it',
  })
  @ApiOkResponse({ type: PoolChangePage })
  @ApiProblems(400, 404, 409)
  changes(@UuidParam() id: string, @Query() query: ChangesQuery): Promise<PoolChangePage> {
    return this.queries.execute(new ListPoolChanges(id, query));
  }

  @Get(':id/members/:candidateId/history')
  @ApiPoolId()
  @ApiParam({ name: 'candidateId', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  @ApiOperation({ summary: 'Whether somebody is in a pool, why, and every time that they came and went' })
  @ApiOkResponse({ type: MemberHistoryDocument })
  @ApiProblems(400, 404)
  history(
    @UuidParam() id: string,
    @UuidParam('candidateId') candidateId: string,
    @Query() query: MemberHistoryQuery,
  ): Promise<MemberHistoryDocument> {
    return this.queries.execute(new GetMemberHistory(id, candidateId, query));
  }
}
