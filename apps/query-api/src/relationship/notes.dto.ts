import { mentionKinds } from '#libs/candidates';
import { IsInstant, Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsPositionToken } from '../freshness/position-token.js';
import { NextCursor, PageQuery } from '../page.dto.js';
import { TellerDocument } from './relationship.dto.js';

export class NotesQuery extends PageQuery {
  @ApiPropertyOptional({ example: '2026-03-01T09:30:00Z', description: 'As of this time; now, unless given.' })
  @Optional()
  @IsInstant()
  at?: string;

  @ApiPropertyOptional({
    example: 'p1-4711-4711',
    description: 'Only what had been recorded up to this position: what Rapport knew then, whenever it happened.',
  })
  @Optional()
  @IsPositionToken()
  asOfPosition?: string;
}

export class MentionDocument {
  @ApiProperty({ enum: mentionKinds, example: 'person' })
  kind!: string;

  @ApiProperty({ example: 'user-17' })
  id!: string;
}

export class NoteDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  id!: string;

  @ApiProperty({
    format: 'uuid',
    example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
    description: "Under which of the candidate's ids it was written: it's edited and removed under the same.",
  })
  candidateId!: string;

  @ApiProperty({ example: 'Wants to lead a team.' })
  text!: string;

  @ApiProperty({ type: [MentionDocument] })
  mentions!: MentionDocument[];

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  writtenAt!: string;

  @ApiProperty({ type: TellerDocument })
  writtenBy!: TellerDocument;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'When it was edited last.' })
  editedAt!: string | null;
}

export class NotesPage {
  @ApiProperty({ type: [NoteDocument], description: 'The newest first.' })
  items!: NoteDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
