import { Roles } from '#libs/access';
import { ApiProblems } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AfterQuery } from '../freshness/after.dto.js';
import { GetProjections } from './get-projections.query.js';
import { ProjectionsDocument } from './projections.dto.js';

@ApiTags('projections')
@Roles('service', 'analyst', 'auditor', 'admin')
@Controller('v1/projections')
export class ProjectionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary: 'How far the read models have followed the event log',
    description: 'With `after` it waits until all of them have reached that position.',
  })
  @ApiOkResponse({ type: ProjectionsDocument })
  @ApiProblems(400)
  list(@Query() { after }: AfterQuery): Promise<ProjectionsDocument> {
    return this.queries.execute(new GetProjections(after));
  }
}
