import { Roles } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { HistoryDocument, HistoryQuery } from './history.dto.js';
import { ReplayCandidate } from './replay-candidate.query.js';

@ApiTags('audit')
@Roles('auditor')
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly queries: QueryBus) {}

  @Get('candidates/:id/history')
  @ApiOperation({
    summary: 'Everything recorded about a candidate, replayed from the event log',
    description:
      'Profile, interactions, applications, memberships of static pools, the sign-ups that consents rest on, and who was ' +
      'said to be one person, in the order of recording, each with who caused it and its place in the hash chain; and for each stream whether its ' +
      'chain holds. Of somebody who has several ids after a merge, all of them: `stream` says under which an event ' +
      'was recorded.',
  })
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  @ApiOkResponse({ type: HistoryDocument })
  @ApiProblems(400, 404)
  history(@UuidParam() id: string, @Query() query: HistoryQuery): Promise<HistoryDocument> {
    return this.queries.execute(new ReplayCandidate(id, query));
  }
}
