import { Roles } from '#libs/access';
import { IfMatch, UuidParam } from '#libs/http';
import { Body, Controller, Delete, Post, Put, Query, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { AddMemberDto, MoveMemberDto, RemoveMemberQuery } from './member.dto.js';
import { PoolCommands } from './pool-commands.js';

const ApiCandidateId = (): MethodDecorator =>
  ApiParam({ name: 'candidateId', format: 'uuid', example: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4' });

/** The revision and the ETag are those of the membership: of one person in one pool. */
@ApiTags('pools')
@Roles('service', 'admin')
@Controller('v1/pools/:id/members')
export class MembersController {
  constructor(private readonly pools: PoolCommands) {}

  @Post()
  @ApiId()
  @ApiCommand({ summary: 'Add a candidate to a static pool', status: 201, problems: [404, 409] })
  async add(
    @UuidParam() id: string,
    @Body() dto: AddMemberDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.pools.add(id, dto, incoming));
  }

  @Put(':candidateId/stage')
  @ApiId()
  @ApiCandidateId()
  @ApiCommand({
    summary: 'Move a candidate to another stage of a pool',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async move(
    @UuidParam() id: string,
    @UuidParam('candidateId') candidateId: string,
    @Body() dto: MoveMemberDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.pools.move({ id, candidateId }, dto, incoming, { ifMatch }));
  }

  @Delete(':candidateId')
  @ApiId()
  @ApiCandidateId()
  @ApiCommand({
    summary: 'Take a candidate out of a static pool; whoever is not in it is out already',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async remove(
    @UuidParam() id: string,
    @UuidParam('candidateId') candidateId: string,
    @Query() query: RemoveMemberQuery,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.pools.remove({ id, candidateId }, query, incoming, { ifMatch }));
  }
}
