import { Roles } from '#libs/access';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { ScoringModelCommands } from './scoring-model-commands.js';
import { PublishScoringModelDto, ScoringModelVersionDto } from './scoring-model.dto.js';

@ApiTags('scoring')
@Roles('service', 'admin')
@Controller('v1/scoring-models')
export class ScoringModelsController {
  constructor(private readonly models: ScoringModelCommands) {}

  @Post()
  @ApiCommand({
    summary: 'Publish a scoring model in shadow: everybody is scored by it, beside the live one',
    status: 201,
    problems: [409],
  })
  async publish(
    @Body() dto: PublishScoringModelDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.models.publish(dto, incoming));
  }

  @Post('switches')
  @HttpCode(200)
  @ApiCommand({
    summary: 'Make a scoring model the live one: scores and rankings go by it once its rows are whole',
    status: 200,
    problems: [404, 409],
  })
  async makeLive(
    @Body() dto: ScoringModelVersionDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.models.makeLive(dto, incoming));
  }

  @Post('retirements')
  @HttpCode(200)
  @ApiCommand({
    summary: 'Retire a scoring model: nobody is scored by it any more, and its document stays',
    status: 200,
    problems: [404, 409],
  })
  async retire(
    @Body() dto: ScoringModelVersionDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.models.retire(dto, incoming));
  }
}
