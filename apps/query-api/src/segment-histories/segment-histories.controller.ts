import { CurrentCaller, Roles, type Caller } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AfterQuery } from '../freshness/after.dto.js';
import {
  GetSegmentHistory,
  ListSegmentChanges,
  ListSegmentHistories,
  ListSegmentMembers,
  RequestSegmentHistory,
} from './segment-histories.query.js';
import {
  SegmentChangePage,
  SegmentChangesQuery,
  SegmentHistoryDocument,
  SegmentHistoryList,
  SegmentHistoryRequest,
  SegmentMemberPage,
  SegmentMembersQuery,
} from './segment-history.dto.js';

const ApiHistoryId = (): MethodDecorator =>
  ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b61' });

@ApiTags('past')
@Roles('service', 'analyst', 'admin')
@Controller('v1/segment-histories')
export class SegmentHistoriesController {
  constructor(private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Have the whole past of a segment computed',
    description:
      'From the events of everybody, as if the segment had always been there. One that is there already is used again.',
  })
  @ApiAcceptedResponse({ type: SegmentHistoryDocument })
  @ApiProblems(400, 404, 409, 413, 415)
  request(@Body() request: SegmentHistoryRequest, @Query() { after }: AfterQuery): Promise<SegmentHistoryDocument> {
    return this.queries.execute(new RequestSegmentHistory(request, after));
  }

  @Get()
  @ApiOperation({ summary: 'The histories of segments that are kept' })
  @ApiOkResponse({ type: SegmentHistoryList })
  @ApiProblems(400)
  list(): Promise<SegmentHistoryList> {
    return this.queries.execute(new ListSegmentHistories());
  }

  @Get(':id')
  @ApiHistoryId()
  @ApiOperation({ summary: 'How far the history of a segment has come' })
  @ApiOkResponse({ type: SegmentHistoryDocument })
  @ApiProblems(400, 404)
  one(@UuidParam() id: string): Promise<SegmentHistoryDocument> {
    return this.queries.execute(new GetSegmentHistory(id));
  }

  @Get(':id/members')
  @ApiHistoryId()
  @ApiOperation({ summary: 'Who was in a segment at any time', description: 'Each page is recorded as a search.' })
  @ApiOkResponse({ type: SegmentMemberPage })
  @ApiProblems(400, 404, 409)
  members(
    @UuidParam() id: string,
    @Query() query: SegmentMembersQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<SegmentMemberPage> {
    return this.queries.execute(new ListSegmentMembers(id, query, caller.actor));
  }

  @Get(':id/changes')
  @ApiHistoryId()
  @ApiOperation({ summary: 'Who came into a segment and went, and why' })
  @ApiOkResponse({ type: SegmentChangePage })
  @ApiProblems(400, 404, 409)
  changes(@UuidParam() id: string, @Query() query: SegmentChangesQuery): Promise<SegmentChangePage> {
    return this.queries.execute(new ListSegmentChanges(id, query));
  }
}
