import { CurrentCaller, Roles, type Caller } from '#libs/access';
import { ApiProblems, etag, UuidParam } from '#libs/http';
import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PastQuery } from '../past/past.dto.js';
import { DearQuery } from '../query-cost/dear-query.js';
import { GetCandidate } from './get-candidate.query.js';
import { CandidatePage, SearchRequest } from './search-candidates.dto.js';
import { SearchCandidates } from './search-candidates.query.js';
import { WholeCandidateDocument } from './whole-candidate.dto.js';

@ApiTags('candidates')
@Controller('v1/candidates')
export class CandidatesController {
  constructor(private readonly queries: QueryBus) {}

  @Post('search')
  @DearQuery()
  @HttpCode(200)
  @Roles('service', 'analyst', 'admin')
  @ApiOperation({
    summary: 'Search the talent pool',
    description:
      'A candidate is found if all criteria that are given hold. It is a POST because what one searches for may be ' +
      'personal, and addresses end up in logs. A candidate whose sort key does not change while one pages is shown ' +
      'exactly once. Each search is recorded with whom it found, before it is answered. With asOf or asOfPosition it ' +
      'is a search of the pool as it was then, of which POST /v1/past-states has to have been asked for.',
  })
  @ApiOkResponse({ type: CandidatePage })
  @ApiProblems(400, 404, 409, 413, 415)
  search(
    @Body() request: SearchRequest,
    @Query() moment: PastQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<CandidatePage> {
    return this.queries.execute(new SearchCandidates(request, caller.actor, moment));
  }

  @Get(':id')
  @Roles('service', 'analyst', 'auditor', 'admin')
  @ApiOperation({
    summary: 'One candidate, now or at any past moment',
    description:
      'Whichever of their ids is asked for, the answer is the whole person. A past state is folded from the log. Its ETag is the revision of then, which no change can be made to.',
  })
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  @ApiOkResponse({ type: WholeCandidateDocument, headers: { ETag: { schema: { type: 'string', example: '"3"' } } } })
  @ApiProblems(400, 404)
  async one(
    @UuidParam() id: string,
    @Query() query: PastQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WholeCandidateDocument> {
    const candidate = await this.queries.execute(new GetCandidate(id, query));
    void reply.header('etag', etag(candidate.revision));
    return candidate;
  }
}
