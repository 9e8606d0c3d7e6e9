import { Roles } from '#libs/access';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { FitModelCommands } from './fit-model-commands.js';
import { FitModelVersionDto, PublishFitModelDto } from './fit-model.dto.js';

@ApiTags('scoring')
@Roles('service', 'admin')
@Controller('v1/fit-models')
export class FitModelsController {
  constructor(private readonly models: FitModelCommands) {}

  @Post()
  @ApiCommand({
    summary: 'Publish a fit model: how well somebody fits a kind of role, by what is known of them',
    status: 201,
    problems: [409],
  })
  async publish(
    @Body() dto: PublishFitModelDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.models.publish(dto, incoming));
  }

  @Post('retirements')
  @HttpCode(200)
  @ApiCommand({
    summary: 'Retire a fit model: no search goes by it any more, and its document stays',
    status: 200,
    problems: [404],
  })
  async retire(
    @Body() dto: FitModelVersionDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.models.retire(dto, incoming));
  }
}
