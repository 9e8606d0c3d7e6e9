import { Roles } from '#libs/access';
import { IfMatch, UuidParam } from '#libs/http';
import { Body, Controller, Delete, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { CommandMetas } from '../requests/command-metas.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import { NoteDto } from './note.dto.js';
import { RelationshipChanges } from './relationship-changes.js';

const noteOf = (noteId: string, dto: NoteDto) => ({ noteId, mentions: [], ...plain(dto) });

@ApiTags('relationship')
@Roles('service', 'admin')
@Controller('v1/candidates/:id/notes')
export class NotesController {
  constructor(
    private readonly changes: RelationshipChanges,
    private readonly metas: CommandMetas,
  ) {}

  @Post()
  @ApiId()
  @ApiCommand({
    summary: 'Note something about a candidate; the answer has the id of the note',
    status: 201,
    problems: [404, 409],
    conditional: true,
  })
  async write(
    @UuidParam() id: string,
    @Body() dto: NoteDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const noteId = this.metas.idFor('note', incoming);
    const change = { kind: 'write-note' as const, note: noteOf(noteId, dto) };
    const answer = await this.changes.make(id, change, incoming, { ifMatch });
    void reply.header('location', `/v1/candidates/${id}/notes/${noteId}`);
    return withETag(reply, { ...answer, id: noteId });
  }

  @Put(':noteId')
  @ApiId()
  @ApiId('noteId')
  @ApiCommand({ summary: 'Write a note anew', status: 200, problems: [404, 409], conditional: true })
  async edit(
    @UuidParam() id: string,
    @UuidParam('noteId') noteId: string,
    @Body() dto: NoteDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const change = { kind: 'edit-note' as const, note: noteOf(noteId, dto) };
    return withETag(reply, { ...(await this.changes.make(id, change, incoming, { ifMatch })), id: noteId });
  }

  @Delete(':noteId')
  @ApiId()
  @ApiId('noteId')
  @ApiCommand({ summary: 'Remove a note', status: 200, problems: [404, 409], conditional: true })
  async remove(
    @UuidParam() id: string,
    @UuidParam('noteId') noteId: string,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const change = { kind: 'remove-note' as const, noteId };
    return withETag(reply, { ...(await this.changes.make(id, change, incoming, { ifMatch })), id: noteId });
  }
}
