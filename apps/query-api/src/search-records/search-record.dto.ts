import { IsInstant, Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { ActorDocument } from '../audit/history.dto.js';
import { NextCursor, PageQuery } from '../page.dto.js';

const SAVED_SEARCH = '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5f';
const POOL = '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c';
const EXPORT = '0198f3a2-7d4e-7a0b-9a51-2f8c1d3e4b5b';

export class SearchRecordsQuery extends OmitType(PageQuery, ['after']) {
  @ApiPropertyOptional({ example: '3f2a9c0d1e4b5a67', maxLength: 100, description: 'Id of who searched.' })
  @Optional()
  @Text(100)
  caller?: string;

  @ApiPropertyOptional({
    example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
    format: 'uuid',
    description: 'Only searches that showed this candidate.',
  })
  @Optional()
  @IsUUID('all')
  candidateId?: string;

  @ApiPropertyOptional({ example: 'req-104', maxLength: 100 })
  @Optional()
  @Text(100)
  requisitionId?: string;

  @ApiPropertyOptional({ example: SAVED_SEARCH, format: 'uuid', description: 'Only runs of this saved search.' })
  @Optional()
  @IsUUID('all')
  savedSearchId?: string;

  @ApiPropertyOptional({
    example: POOL,
    format: 'uuid',
    description: 'Only lists of the members of this segment or pool.',
  })
  @Optional()
  @IsUUID('all')
  poolId?: string;

  @ApiPropertyOptional({ example: EXPORT, format: 'uuid', description: 'Only the parts of this export.' })
  @Optional()
  @IsUUID('all')
  exportId?: string;

  @ApiPropertyOptional({ example: '2026-03-01', description: 'At this time or later.' })
  @Optional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ example: '2026-04-01', description: 'Before this time.' })
  @Optional()
  @IsInstant()
  to?: string;
}

/** Each part is recorded before it's sent, so that all parts of an export together hold everybody who was in it. */
export class ExportPartDocument {
  @ApiProperty({ example: EXPORT })
  id!: string;

  @ApiProperty({ type: 'integer', example: 0, description: 'From 0.' })
  part!: number;
}

export class SearchRecordDocument {
  @ApiProperty({ example: '0198f3a2-7d4e-7a0b-9a51-2f8c1d3e4b5a' })
  id!: string;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  searchedAt!: string;

  @ApiProperty({ type: ActorDocument })
  caller!: ActorDocument;

  @ApiProperty({ type: String, nullable: true, example: 'Shortlist for the platform team' })
  purpose!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'req-104' })
  requisitionId!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { title: 'software engineer', location: { city: 'Austin' }, limit: 50, total: true },
    description: 'As it was sent; `continued` where it asked for a further page.',
  })
  request!: object;

  @ApiProperty({ type: [String], description: 'The candidates that were shown, in that order.' })
  candidateIds!: string[];

  @ApiProperty({ type: Number, nullable: true, example: 132, description: 'How many were found in all, if asked for.' })
  total!: number | null;

  @ApiProperty({ type: String, nullable: true, example: SAVED_SEARCH, description: 'The saved search that was run.' })
  savedSearchId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'The segment or pool whose members were asked for.',
  })
  poolId!: string | null;

  @ApiProperty({ type: ExportPartDocument, nullable: true, description: 'The export that this is a part of.' })
  export!: ExportPartDocument | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'p1-4711-4711',
    description: 'How far the read model had come when this was recorded.',
  })
  position!: string | null;
}

export class SearchRecordPage {
  @ApiProperty({ type: [SearchRecordDocument] })
  items!: SearchRecordDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
