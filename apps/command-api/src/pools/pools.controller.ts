import { Roles } from '#libs/access';
import { IfMatch, UuidParam } from '#libs/http';
import { Body, Controller, HttpCode, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { PoolCommands } from './pool-commands.js';
import { ChangePoolDto, ClosePoolDto, OpenPoolDto } from './pool.dto.js';

@ApiTags('pools')
@Roles('service', 'admin')
@Controller('v1/pools')
export class PoolsController {
  constructor(private readonly pools: PoolCommands) {}

  @Post()
  @ApiCommand({ summary: 'Open a pool, or define a segment', status: 201, problems: [409] })
  async open(
    @Body() dto: OpenPoolDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const answer = await this.pools.open(dto, incoming);
    void reply.header('location', `/v1/pools/${answer.id}`);
    return withETag(reply, answer);
  }

  @Patch(':id')
  @ApiId()
  @ApiCommand({ summary: 'Change a pool', status: 200, problems: [404, 409], conditional: true })
  async change(
    @UuidParam() id: string,
    @Body() dto: ChangePoolDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.pools.change(id, dto, incoming, { ifMatch }));
  }

  @Post(':id/closure')
  @ApiId()
  @HttpCode(200)
  @ApiCommand({
    summary: 'Close a pool: nobody is added any more, its history stays',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async close(
    @UuidParam() id: string,
    @Body() dto: ClosePoolDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.pools.close(id, dto, incoming, { ifMatch }));
  }
}
