import { Roles } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ListCandidatePools } from './list-candidate-pools.query.js';
import { CandidatePoolsDocument, CandidatePoolsQuery } from './member.dto.js';

@ApiTags('candidates')
@Roles('service', 'analyst', 'admin')
@Controller('v1/candidates')
export class CandidatePoolsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/pools')
  @ApiOperation({ summary: 'The static pools that a candidate is in, or was, and why' })
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  @ApiOkResponse({ type: CandidatePoolsDocument })
  @ApiProblems(400, 404)
  pools(@UuidParam() id: string, @Query() query: CandidatePoolsQuery): Promise<CandidatePoolsDocument> {
    return this.queries.execute(new ListCandidatePools(id, query));
  }
}
