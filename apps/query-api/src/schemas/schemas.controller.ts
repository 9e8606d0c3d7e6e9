import { Roles } from '#libs/access';
import { criteriaSchema } from '#libs/criteria';
import { ApiProblems } from '#libs/http';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

/** What callers write that's more than a list of fields. */
@ApiTags('schemas')
@Controller('v1/schemas')
export class SchemasController {
  @Get('criteria')
  @Roles('service', 'analyst', 'auditor', 'admin')
  @ApiOperation({
    summary: 'The language of criteria',
    description: 'As JSON schema (2020-12). What a schema cannot say, a search says of what it was sent.',
  })
  @ApiProblems()
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  criteria(): object {
    return criteriaSchema();
  }
}
