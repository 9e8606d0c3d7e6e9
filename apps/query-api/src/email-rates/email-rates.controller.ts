import { Roles } from '#libs/access';
import { ApiProblems } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DearQuery } from '../query-cost/dear-query.js';
import { EmailRatesQuery } from './email-rates-query.dto.js';
import { EmailRatesDocument } from './email-rates.dto.js';
import { GetEmailRates } from './get-email-rates.query.js';

@ApiTags('emails')
@Roles('service', 'analyst', 'admin')
@DearQuery()
@Controller('v1/email-rates')
export class EmailRatesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary: 'What became of the messages of a time: opened and clicked by humans, bounced, replied to',
    description:
      'Each message to a person counts once, in the time in which its delivery or its bounce was first told of; what ' +
      'became of it counts whenever that was. Who opened or clicked goes by the verdict that counts, and with ' +
      '`asOfPosition` by the one that counted then.',
  })
  @ApiOkResponse({ type: EmailRatesDocument })
  @ApiProblems(400)
  rates(@Query() query: EmailRatesQuery): Promise<EmailRatesDocument> {
    return this.queries.execute(new GetEmailRates(query));
  }
}
