import { Roles } from '#libs/access';
import { IfMatch, UuidParam } from '#libs/http';
import { Body, Controller, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import { AttachmentsDto } from './attachments.dto.js';
import { EducationDto, WorkHistoryDto } from './background.dto.js';
import { RelationshipChanges } from './relationship-changes.js';

@ApiTags('relationship')
@Roles('service', 'admin')
@Controller('v1/candidates/:id')
export class BackgroundController {
  constructor(private readonly changes: RelationshipChanges) {}

  @Put('work-history')
  @ApiId()
  @ApiCommand({ summary: 'Say where somebody worked', status: 200, problems: [404, 409], conditional: true })
  async workHistory(
    @UuidParam() id: string,
    @Body() dto: WorkHistoryDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const change = { kind: 'change-work-history' as const, ...plain(dto) };
    return withETag(reply, await this.changes.make(id, change, incoming, { ifMatch }));
  }

  @Put('education')
  @ApiId()
  @ApiCommand({ summary: 'Say where somebody learned', status: 200, problems: [404, 409], conditional: true })
  async education(
    @UuidParam() id: string,
    @Body() dto: EducationDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const change = { kind: 'change-education' as const, ...plain(dto) };
    return withETag(reply, await this.changes.make(id, change, incoming, { ifMatch }));
  }

  @Put('attachments')
  @ApiId()
  @ApiCommand({
    summary: 'Say which documents there are of somebody, and where',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async attachments(
    @UuidParam() id: string,
    @Body() dto: AttachmentsDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const change = { kind: 'change-attachments' as const, ...plain(dto) };
    return withETag(reply, await this.changes.make(id, change, incoming, { ifMatch }));
  }
}
