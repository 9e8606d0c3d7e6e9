import { Roles } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { GetTimeline } from './get-timeline.query.js';
import { TimelinePage, TimelineQuery } from './timeline.dto.js';

@ApiTags('candidates')
@Controller('v1/candidates')
export class TimelineController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/timeline')
  @Roles('service', 'analyst', 'auditor', 'admin')
  @ApiOperation({ summary: 'What happened between us and a candidate, by the time when it happened' })
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  @ApiOkResponse({ type: TimelinePage })
  @ApiProblems(400, 404)
  timeline(@UuidParam() id: string, @Query() query: TimelineQuery): Promise<TimelinePage> {
    return this.queries.execute(new GetTimeline(id, query));
  }
}
