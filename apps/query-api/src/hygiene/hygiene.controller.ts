import { Roles } from '#libs/access';
import { ApiProblems } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DearQuery } from '../query-cost/dear-query.js';
import { GetHygiene } from './get-hygiene.query.js';
import { FoundPeoplePage, FoundPeopleQuery, HygieneDocument, HygieneQuery } from './hygiene.dto.js';
import { ListFound } from './list-found.query.js';
import { ListPlans } from './list-plans.query.js';
import { ListRuns } from './list-runs.query.js';
import { PlanPage, PlansQuery, RunPage, RunsQuery } from './plan.dto.js';

@ApiTags('hygiene')
@Roles('service', 'analyst', 'admin')
@DearQuery()
@Controller('v1/hygiene')
export class HygieneController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'How many records are stale, unreachable or without an owner' })
  @ApiOkResponse({ type: HygieneDocument })
  @ApiProblems(400)
  counts(@Query() query: HygieneQuery): Promise<HygieneDocument> {
    return this.queries.execute(new GetHygiene(query));
  }

  @Get('people')
  @ApiOperation({ summary: 'Whose records they are, by one finding, the longest first' })
  @ApiOkResponse({ type: FoundPeoplePage })
  @ApiProblems(400)
  people(@Query() query: FoundPeopleQuery): Promise<FoundPeoplePage> {
    return this.queries.execute(new ListFound(query));
  }

  @Get('plans')
  @ApiOperation({ summary: 'Who looks for bad records, and when' })
  @ApiOkResponse({ type: PlanPage })
  @ApiProblems(400)
  plans(@Query() query: PlansQuery): Promise<PlanPage> {
    return this.queries.execute(new ListPlans(query));
  }

  @Get('runs')
  @ApiOperation({ summary: 'What was found, each time that somebody looked' })
  @ApiOkResponse({ type: RunPage })
  @ApiProblems(400)
  runs(@Query() query: RunsQuery): Promise<RunPage> {
    return this.queries.execute(new ListRuns(query));
  }
}
