import { Roles } from '#libs/access';
import { ApiProblems } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DearQuery } from '../query-cost/dear-query.js';
import { DuplicatesQuery, LikelyPeoplePageDocument } from './duplicates.dto.js';
import { ListDuplicates } from './list-duplicates.query.js';

@ApiTags('identity')
@Roles('service', 'analyst', 'admin')
@DearQuery()
@Controller('v1/duplicates')
export class DuplicatesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary: 'Who is likely there twice, how likely, and why',
    description:
      'What nobody has decided on, the likeliest first. Decide by merging two, or by saying that they are no duplicates: both leave the list.',
  })
  @ApiOkResponse({ type: LikelyPeoplePageDocument })
  @ApiProblems(400)
  list(@Query() query: DuplicatesQuery): Promise<LikelyPeoplePageDocument> {
    return this.queries.execute(new ListDuplicates(query));
  }
}
