import { Roles } from '#libs/access';
import { ApiProblems } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AfterQuery } from '../freshness/after.dto.js';
import { CustomFieldList } from './custom-field.dto.js';
import { ListCustomFields } from './list-custom-fields.query.js';

@ApiTags('custom fields')
@Controller('v1/custom-fields')
export class CustomFieldsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Roles('service', 'analyst', 'auditor', 'admin')
  @ApiOperation({ summary: 'The fields that were declared for candidates' })
  @ApiOkResponse({ type: CustomFieldList })
  @ApiProblems(400)
  list(@Query() { after }: AfterQuery): Promise<CustomFieldList> {
    return this.queries.execute(new ListCustomFields(after));
  }
}
