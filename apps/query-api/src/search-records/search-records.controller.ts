import { Roles } from '#libs/access';
import { ApiProblems } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DearQuery } from '../query-cost/dear-query.js';
import { ListSearchRecords } from './list-search-records.query.js';
import { SearchRecordPage, SearchRecordsQuery } from './search-record.dto.js';

@ApiTags('audit')
@Controller('v1/audit/searches')
export class SearchRecordsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @DearQuery()
  @Roles('auditor', 'admin')
  @ApiOperation({
    summary: 'Who searched for what and whom they were shown, the newest first',
    description: 'Each page of a search is a record of its own. Records are kept for as long as the operator says.',
  })
  @ApiOkResponse({ type: SearchRecordPage })
  @ApiProblems(400)
  list(@Query() query: SearchRecordsQuery): Promise<SearchRecordPage> {
    return this.queries.execute(new ListSearchRecords(query));
  }
}
