import { Roles } from '#libs/access';
import { ApiProblems } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DearQuery } from '../query-cost/dear-query.js';
import { FunnelDocument, FunnelQuery } from './funnel.dto.js';
import { GetFunnel } from './get-funnel.query.js';

@ApiTags('funnel')
@Roles('service', 'analyst', 'admin')
@DearQuery()
@Controller('v1/funnel')
export class FunnelController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary: 'How far applications came, by source and role',
    description:
      'A cohort view: of the applications made from `from` until before `to`, how many reached each stage, whenever ' +
      'that was, or within a number of days. Who reached a stage passed all before it.',
  })
  @ApiOkResponse({ type: FunnelDocument })
  @ApiProblems(400)
  funnel(@Query() query: FunnelQuery): Promise<FunnelDocument> {
    return this.queries.execute(new GetFunnel(query));
  }
}
