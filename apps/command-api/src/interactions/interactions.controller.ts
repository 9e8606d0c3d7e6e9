import { Roles } from '#libs/access';
import { UuidParam } from '#libs/http';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiExtraModels, ApiTags } from '@nestjs/swagger';
import type { Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { interactionDataClasses } from './data/index.js';
import { InteractionCommands } from './interaction-commands.js';
import { RecordAddressedInteractionDto, RecordInteractionDto } from './record-interaction.dto.js';

@ApiTags('interactions')
@ApiExtraModels(...interactionDataClasses)
@Roles('service', 'admin')
@Controller('v1')
export class InteractionsController {
  constructor(private readonly interactions: InteractionCommands) {}

  @Post('candidates/:id/interactions')
  @ApiId()
  @ApiCommand({ summary: 'Record what happened with a candidate', status: 201, problems: [404, 409] })
  recordFor(
    @UuidParam() id: string,
    @Body() dto: RecordInteractionDto,
    @IncomingRequest() incoming: Incoming,
  ): Promise<Accepted> {
    return this.interactions.recordFor(id, dto, incoming);
  }

  @Post('interactions')
  @ApiCommand({
    summary: 'Record what happened with the candidate who has an id, an address or a message',
    status: 201,
    problems: [404, 409],
  })
  record(@Body() dto: RecordAddressedInteractionDto, @IncomingRequest() incoming: Incoming): Promise<Accepted> {
    return this.interactions.record(dto, incoming);
  }
}
