import { CurrentCaller, Roles, type Caller } from '#libs/access';
import { ApiProblems } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DearQuery } from '../query-cost/dear-query.js';
import { ListMedallists } from './list-medallists.query.js';
import { MedallistsPage, MedallistsQuery } from './medallists.dto.js';

@ApiTags('candidates')
@Roles('service', 'analyst', 'admin')
@DearQuery()
@Controller('v1/silver-medallists')
export class MedallistsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary: 'Who was nearly hired, and who of them was rediscovered',
    description:
      'Rejected late, or marked by hand; the latest first. Whoever was unmarked is left out until they are rejected late again. ' +
      'A page is a search, and recorded as one before it is answered.',
  })
  @ApiOkResponse({ type: MedallistsPage })
  @ApiProblems(400)
  medallists(@Query() query: MedallistsQuery, @CurrentCaller() caller: Caller): Promise<MedallistsPage> {
    return this.queries.execute(new ListMedallists(query, caller.actor));
  }
}
