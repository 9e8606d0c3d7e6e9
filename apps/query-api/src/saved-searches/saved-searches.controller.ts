import { CurrentCaller, Roles, type Caller } from '#libs/access';
import { ApiProblems, etag, UuidParam } from '#libs/http';
import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CandidatePage } from '../candidates/search-candidates.dto.js';
import { AfterQuery } from '../freshness/after.dto.js';
import { PastQuery } from '../past/past.dto.js';
import { DearQuery } from '../query-cost/dear-query.js';
import { GetSavedSearch } from './get-saved-search.query.js';
import { ListSavedSearches } from './list-saved-searches.query.js';
import { RunSavedSearch } from './run-saved-search.query.js';
import { RunSavedSearchRequest, SavedSearchDocument, SavedSearchesQuery, SavedSearchPage } from './saved-search.dto.js';

const ApiSavedSearchId = (): MethodDecorator =>
  ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5f' });

@ApiTags('saved searches')
@Roles('service', 'analyst', 'admin')
@Controller('v1/saved-searches')
export class SavedSearchesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'The saved searches that you may see, the latest first' })
  @ApiOkResponse({ type: SavedSearchPage })
  @ApiProblems(400)
  list(@Query() query: SavedSearchesQuery, @CurrentCaller() caller: Caller): Promise<SavedSearchPage> {
    return this.queries.execute(new ListSavedSearches(query, caller));
  }

  @Get(':id')
  @ApiSavedSearchId()
  @ApiOperation({ summary: 'One saved search' })
  @ApiOkResponse({ type: SavedSearchDocument, headers: { ETag: { schema: { type: 'string', example: '"3"' } } } })
  @ApiProblems(400, 404)
  async one(
    @UuidParam() id: string,
    @Query() { after }: AfterQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedSearchDocument> {
    const saved = await this.queries.execute(new GetSavedSearch(id, caller, after));
    void reply.header('etag', etag(saved.revision));
    return saved;
  }

  @Post(':id/run')
  @DearQuery()
  @HttpCode(200)
  @ApiSavedSearchId()
  @ApiOperation({
    summary: 'Whom a saved search finds, now or as of a past moment',
    description:
      'As the search itself answers, and recorded like it, with the id of the saved search. What the request says of ' +
      'sort, facets, purpose and requisition counts instead of what was saved.',
  })
  @ApiOkResponse({ type: CandidatePage })
  @ApiProblems(400, 404, 409, 413, 415)
  run(
    @UuidParam() id: string,
    @Body() request: RunSavedSearchRequest,
    @Query() moment: PastQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<CandidatePage> {
    return this.queries.execute(new RunSavedSearch(id, request, caller, moment));
  }
}
