import { Roles } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AfterQuery } from '../freshness/after.dto.js';
import { FitModelsDocument } from './fit-model.dto.js';
import { FitDocument, FitQuery } from './fit.dto.js';
import { GetFit } from './get-fit.query.js';
import { ListFitModels } from './list-fit-models.query.js';

@ApiTags('fit')
@Roles('service', 'analyst', 'admin')
@Controller('v1')
export class FitController {
  constructor(private readonly queries: QueryBus) {}

  @Get('candidates/:id/fit')
  @ApiOperation({
    summary: 'How well a candidate fits a kind of role, and why',
    description:
      'Exact for any time: each rule with what it went by, points that add up, and what would change the grade. Apart from ' +
      'engagement, which no fit model knows.',
  })
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  @ApiOkResponse({ type: FitDocument })
  @ApiProblems(400, 404)
  fit(@UuidParam() id: string, @Query() query: FitQuery): Promise<FitDocument> {
    return this.queries.execute(new GetFit(id, query));
  }

  @Get('fit-models')
  @ApiOperation({ summary: 'Every published fit model' })
  @ApiOkResponse({ type: FitModelsDocument })
  @ApiProblems(400)
  models(@Query() { after }: AfterQuery): Promise<FitModelsDocument> {
    return this.queries.execute(new ListFitModels(after));
  }
}
