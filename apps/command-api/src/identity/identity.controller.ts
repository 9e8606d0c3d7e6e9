import { Roles } from '#libs/access';
import { UuidParam } from '#libs/http';
import { Body, Controller, Delete, HttpCode, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { IdentityCommands } from './identity-commands.js';
import { MergeDto, NotDuplicatesDto } from './identity.dto.js';

@ApiTags('identity')
@Roles('service', 'admin')
@Controller('v1')
export class IdentityController {
  constructor(private readonly identities: IdentityCommands) {}

  @Post('candidates/:id/merges')
  @ApiId()
  @ApiCommand({ summary: 'Say that another candidate is the same person', status: 201, problems: [404, 409] })
  async merge(
    @UuidParam() id: string,
    @Body() dto: MergeDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const answer = await this.identities.merge(id, dto, incoming);
    void reply.header('location', `/v1/merges/${answer.id}`);
    return withETag(reply, answer);
  }

  @Delete('merges/:id')
  @ApiId()
  @ApiCommand({ summary: 'Undo a merge: both are as if it had never been', status: 200, problems: [404] })
  async undo(
    @UuidParam() id: string,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.identities.undo(id, incoming));
  }

  @Post('candidates/:id/not-duplicates')
  @ApiId()
  @HttpCode(200)
  @ApiCommand({
    summary: 'Say that another candidate, who looks like the same person, is somebody else',
    status: 200,
    problems: [404, 409],
  })
  async tellApart(
    @UuidParam() id: string,
    @Body() dto: NotDuplicatesDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.identities.tellApart(id, dto, incoming));
  }
}
