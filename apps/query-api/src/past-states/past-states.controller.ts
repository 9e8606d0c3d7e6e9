import { Roles } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AfterQuery } from '../freshness/after.dto.js';
import { PastStateDocument, PastStateList, PastStateRequest } from './past-state.dto.js';
import { GetPastState, ListPastStates, RequestPastState } from './past-states.query.js';

@ApiTags('past')
@Roles('service', 'analyst', 'admin')
@Controller('v1/past-states')
export class PastStatesController {
  constructor(private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Have the whole pool put together as of a past moment',
    description:
      'A search, or a list of members, with the same asOf and asOfPosition is answered from it once it is ready. One that is there already is used again.',
  })
  @ApiAcceptedResponse({ type: PastStateDocument })
  @ApiProblems(400, 413, 415)
  request(
    @Body() { asOf, asOfPosition }: PastStateRequest,
    @Query() { after }: AfterQuery,
  ): Promise<PastStateDocument> {
    return this.queries.execute(new RequestPastState({ asOf, asOfPosition, after }));
  }

  @Get()
  @ApiOperation({ summary: 'The past states that are kept' })
  @ApiOkResponse({ type: PastStateList })
  @ApiProblems(400)
  list(): Promise<PastStateList> {
    return this.queries.execute(new ListPastStates());
  }

  @Get(':id')
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b60' })
  @ApiOperation({ summary: 'How far a past state has come' })
  @ApiOkResponse({ type: PastStateDocument })
  @ApiProblems(400, 404)
  one(@UuidParam() id: string): Promise<PastStateDocument> {
    return this.queries.execute(new GetPastState(id));
  }
}
