import { IsInstant, Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsIn } from 'class-validator';
import { CommaList } from '../comma-list.js';
import { IsPositionToken } from '../freshness/position-token.js';
import { NextCursor, PageQuery } from '../page.dto.js';

export class TimelineQuery extends PageQuery {
  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description: 'Only what had happened by this time, whenever it was recorded.',
  })
  @Optional()
  @IsInstant()
  asOf?: string;

  @ApiPropertyOptional({
    example: 'p1-4711-4711',
    description: 'Only what had been recorded up to this position: what Rapport knew then, whenever it happened.',
  })
  @Optional()
  @IsPositionToken()
  asOfPosition?: string;

  @ApiPropertyOptional({
    example: 'newest',
    enum: ['newest', 'oldest'],
    default: 'newest',
    description: 'What comes first.',
  })
  @Optional()
  @IsIn(['newest', 'oldest'])
  order: 'newest' | 'oldest' = 'newest';

  @ApiPropertyOptional({
    type: String,
    example: 'email.replied,event.attended',
    description: 'Only events of these types; several between commas.',
  })
  @Optional()
  @CommaList()
  @ArrayMaxSize(50)
  @Text(100, { each: true })
  types?: string[];
}

export class TimelineActorDocument {
  @ApiProperty({ enum: ['user', 'service', 'system', 'import'], example: 'service' })
  kind!: string;

  @ApiProperty({ example: '3f2a9c0d1e4b5a67' })
  id!: string;
}

export class TimelineVerdictDocument {
  @ApiProperty({ enum: ['human', 'machine', 'unknown'], example: 'machine' })
  verdict!: string;

  @ApiProperty({ example: 1 })
  classifierVersion!: number;

  @ApiProperty({ type: [String], example: ['many-links-at-once'], description: 'Codes, the strongest first.' })
  reasons!: readonly string[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: '9f86d081884c',
    description: 'The edition of the lists of networks that addresses were looked up in; null where there were none.',
  })
  networks!: string | null;
}

export class TimelineEntryDocument {
  @ApiProperty({
    format: 'uuid',
    example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
    description: 'The id that it was recorded for: one of those that were merged.',
  })
  candidateId!: string;

  @ApiProperty({ format: 'uuid', example: '0b8d2f6e-92c1-4f44-8f0e-0d7b6a9c3e21' })
  eventId!: string;

  @ApiProperty({ example: 'email.replied' })
  type!: string;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z', description: 'When it happened, according to its source.' })
  occurredAt!: string;

  @ApiProperty({
    enum: ['instant', 'day', 'unknown'],
    example: 'instant',
    description: 'How far that can be trusted; `unknown` where the source gave no time.',
  })
  timePrecision!: string;

  @ApiProperty({ example: '2026-03-01T09:30:02.120Z' })
  recordedAt!: string;

  @ApiProperty({ type: TimelineActorDocument, description: 'Who recorded it.' })
  actor!: TimelineActorDocument;

  @ApiProperty({ example: 'api', description: 'The system that told us.' })
  source!: string;

  @ApiProperty({
    type: Object,
    example: { sentiment: 'interested' },
    description: 'What is known about it, by the type of event. What was erased reads as "[erased]".',
  })
  details!: Readonly<Record<string, unknown>>;

  @ApiProperty({
    type: TimelineVerdictDocument,
    nullable: true,
    description: 'Who did it, as was found out afterwards; null where nothing was.',
  })
  verdict!: TimelineVerdictDocument | null;
}

export class TimelinePage {
  @ApiProperty({ type: [TimelineEntryDocument] })
  items!: TimelineEntryDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
