import { Roles } from '#libs/access';
import { IfMatch, UuidParam } from '#libs/http';
import { Body, Controller, HttpCode, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { AddCandidateDto } from './add-candidate.dto.js';
import { AssignOwnerDto } from './assign-owner.dto.js';
import { CandidateCommands } from './candidate-commands.js';
import { TagCandidateDto } from './tag-candidate.dto.js';
import { UpdateCandidateDto } from './update-candidate.dto.js';

@ApiTags('candidates')
@Roles('service', 'admin')
@Controller('v1/candidates')
export class CandidatesController {
  constructor(private readonly candidates: CandidateCommands) {}

  @Post()
  @ApiCommand({ summary: 'Add a candidate', status: 201, problems: [409] })
  async add(
    @Body() dto: AddCandidateDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const answer = await this.candidates.add(dto, incoming);
    void reply.header('location', `/v1/candidates/${answer.id}`);
    return withETag(reply, answer);
  }

  @Patch(':id')
  @ApiId()
  @ApiCommand({ summary: "Change a candidate's profile", status: 200, problems: [404, 409], conditional: true })
  async update(
    @UuidParam() id: string,
    @Body() dto: UpdateCandidateDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.candidates.update(id, dto, incoming, ifMatch));
  }

  @Post(':id/tags')
  @ApiId()
  @HttpCode(200)
  @ApiCommand({ summary: 'Add and remove tags', status: 200, problems: [404, 409], conditional: true })
  async tag(
    @UuidParam() id: string,
    @Body() dto: TagCandidateDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.candidates.tag(id, dto, incoming, ifMatch));
  }

  @Put(':id/owner')
  @ApiId()
  @ApiCommand({ summary: 'Say who owns the relationship', status: 200, problems: [404, 409], conditional: true })
  async assignOwner(
    @UuidParam() id: string,
    @Body() dto: AssignOwnerDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.candidates.assignOwner(id, dto, incoming, ifMatch));
  }
}
