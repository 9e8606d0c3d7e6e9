import { Roles } from '#libs/access';
import { IfMatch, UuidParam } from '#libs/http';
import { Body, Controller, Delete, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { SavedSearchCommands } from './saved-search-commands.js';
import { ChangeSavedSearchDto, SaveSearchDto } from './saved-search.dto.js';

/** Whoever may search may keep a search. */
@ApiTags('saved searches')
@Roles('service', 'analyst', 'admin')
@Controller('v1/saved-searches')
export class SavedSearchesController {
  constructor(private readonly searches: SavedSearchCommands) {}

  @Post()
  @ApiCommand({ summary: 'Save a search', status: 201, problems: [409] })
  async save(
    @Body() dto: SaveSearchDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const answer = await this.searches.save(dto, incoming);
    void reply.header('location', `/v1/saved-searches/${answer.id}`);
    return withETag(reply, answer);
  }

  @Patch(':id')
  @ApiId()
  @ApiCommand({ summary: 'Change a saved search', status: 200, problems: [404], conditional: true })
  async change(
    @UuidParam() id: string,
    @Body() dto: ChangeSavedSearchDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.searches.change(id, dto, incoming, { ifMatch }));
  }

  @Delete(':id')
  @ApiId()
  @ApiCommand({
    summary: 'Remove a saved search, and for good what was typed in it',
    status: 200,
    problems: [404],
    conditional: true,
  })
  async remove(
    @UuidParam() id: string,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.searches.remove(id, incoming, { ifMatch }));
  }
}
