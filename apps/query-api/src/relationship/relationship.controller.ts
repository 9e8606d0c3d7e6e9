import { Roles } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { GetRelationship } from './get-relationship.query.js';
import { ListNotes } from './list-notes.query.js';
import { NotesPage, NotesQuery } from './notes.dto.js';
import { RelationshipDocument, RelationshipQuery } from './relationship.dto.js';

@ApiTags('candidates')
@Roles('service', 'analyst', 'admin')
@Controller('v1/candidates')
export class RelationshipController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/relationship')
  @ApiOperation({ summary: 'Whether a candidate may be contacted, for what and how, and why not; now or at any time' })
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  @ApiOkResponse({ type: RelationshipDocument })
  @ApiProblems(400, 404)
  relationship(@UuidParam() id: string, @Query() query: RelationshipQuery): Promise<RelationshipDocument> {
    return this.queries.execute(new GetRelationship(id, query));
  }

  @Get(':id/notes')
  @ApiOperation({ summary: 'What was noted about a candidate, now or at any past moment' })
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  @ApiOkResponse({ type: NotesPage })
  @ApiProblems(400, 404)
  notes(@UuidParam() id: string, @Query() query: NotesQuery): Promise<NotesPage> {
    return this.queries.execute(new ListNotes(id, query));
  }
}
