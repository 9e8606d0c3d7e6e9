import { Roles } from '#libs/access';
import { IfMatch, UuidParam } from '#libs/http';
import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { ApplicationCommands } from './application-commands.js';
import { MoveApplicationDto, SubmitApplicationDto } from './application.dto.js';

@ApiTags('applications')
@Roles('service', 'admin')
@Controller('v1/applications')
export class ApplicationsController {
  constructor(private readonly applications: ApplicationCommands) {}

  @Post()
  @ApiCommand({ summary: 'Submit an application of a candidate for a role', status: 201, problems: [404, 409] })
  async submit(
    @Body() dto: SubmitApplicationDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const answer = await this.applications.submit(dto, incoming);
    void reply.header('location', `/v1/applications/${answer.id}`);
    return withETag(reply, answer);
  }

  @Post(':id/stages')
  @ApiId()
  @ApiCommand({
    summary: 'Move an application on, or end it',
    status: 201,
    problems: [404, 409],
    conditional: true,
  })
  async move(
    @UuidParam() id: string,
    @Body() dto: MoveApplicationDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.applications.move(id, dto, incoming, ifMatch));
  }
}
