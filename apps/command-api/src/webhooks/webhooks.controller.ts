import { Public } from '#libs/access';
import { ApiProblems, ProblemError } from '#libs/http';
import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { WebhooksService } from './webhooks.service.js';

export class DeliveryDocument {
  @ApiProperty({ example: 3, description: 'Facts that are in the log now.' })
  recorded!: number;

  @ApiProperty({ example: 0, description: 'Facts that had been there before.' })
  duplicates!: number;

  @ApiProperty({ example: 1, description: 'Kept, encrypted, until somebody replays them.' })
  unmatched!: number;
}

@ApiTags('webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  /** Needs no key of ours: each provider shows in its own way that it's the one. */
  @Post(':provider')
  @Public()
  @HttpCode(200)
  @ApiSecurity({})
  @ApiOperation({
    summary: 'Take events of an email provider',
    description:
      'For `sendgrid`, `amazon-ses` (SNS), `mailgun`, `postmark`, and generic senders by their names. Signed as the provider does it; ' +
      'answered after all is stored. Sending the same again changes nothing.',
  })
  @ApiParam({ name: 'provider', example: 'sendgrid' })
  @ApiBody({ schema: {}, description: 'As the provider sends it; its bytes are what is signed.' })
  @ApiOkResponse({ type: DeliveryDocument })
  @ApiProblems(400, 404, 413, 415)
  async take(@Param('provider') provider: string, @Req() request: FastifyRequest): Promise<DeliveryDocument> {
    const { body, headers, correlationId } = request;
    if (!Buffer.isBuffer(body)) throw new ProblemError(400, 'webhook-malformed', { detail: 'A delivery has a body.' });
    const counts = await this.webhooks.receive(provider, { body, headers }, correlationId);
    return { recorded: counts.recorded, duplicates: counts.duplicate, unmatched: counts.unmatched };
  }
}
