import { Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { AfterQuery } from '../freshness/after.dto.js';
import { NextCursor } from '../page.dto.js';

export class HistoryQuery extends AfterQuery {
  @ApiPropertyOptional({ type: Number, example: 200, minimum: 1, maximum: 1000, default: 200 })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit = 200;

  @ApiPropertyOptional({ example: 'p1-4711-4711', description: '`nextCursor` of the page before.' })
  @Optional()
  @IsString()
  @MaxLength(100)
  cursor?: string;
}

export class StreamCheckDocument {
  @ApiProperty({ example: 'candidate-6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  stream!: string;

  @ApiProperty({ example: 12, description: 'Events in the stream.' })
  events!: number;

  @ApiProperty({ example: true, description: 'Whether every event is what was appended, in its place, none missing.' })
  verified!: boolean;

  @ApiPropertyOptional({
    example: { revision: 7, reason: 'content-changed' },
    description: 'The first event that is not; reasons: content-changed, wrong-predecessor, missing-events, no-chain.',
  })
  brokenAt?: { revision: number; reason: string };

  @ApiProperty({
    type: String,
    nullable: true,
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    description: 'SHA-256 of the last event. Compare it with one noted earlier: a chain cannot show a tail cut off.',
  })
  head!: string | null;
}

export class ActorDocument {
  @ApiProperty({ example: 'service', enum: ['user', 'service', 'system', 'import'] })
  kind!: string;

  @ApiProperty({ example: '3f2a9c0d1e4b5a67' })
  id!: string;
}

export class HistoryEventDocument {
  @ApiProperty({ example: 'p1-4711-4711' })
  position!: string;

  @ApiProperty({ example: 'candidate-6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  stream!: string;

  @ApiProperty({ example: 0 })
  revision!: number;

  @ApiProperty({ example: '0b8d2f6e-92c1-4f44-8f0e-0d7b6a9c3e21' })
  id!: string;

  @ApiProperty({ example: 'candidate.tagged' })
  type!: string;

  @ApiProperty({ example: '2026-03-01T09:30:00.120Z', description: 'When the store recorded it.' })
  recordedAt!: string;

  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00.000Z',
    description: 'When it happened, according to its source.',
  })
  occurredAt?: string;

  @ApiPropertyOptional({ example: 'instant', enum: ['instant', 'day', 'unknown'] })
  timePrecision?: string;

  @ApiPropertyOptional({ type: ActorDocument })
  actor?: ActorDocument;

  @ApiPropertyOptional({ example: 'api' })
  source?: string;

  @ApiPropertyOptional({ example: '1f0c2a3e-7f0e-4a52-9f6e-0a6f2b8d1c11' })
  correlationId?: string;

  @ApiPropertyOptional({ example: '1f0c2a3e-7f0e-4a52-9f6e-0a6f2b8d1c11' })
  causationId?: string;

  @ApiPropertyOptional({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  hash?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: null,
    description: 'Hash of the event before it in its stream; null for the first.',
  })
  previousHash?: string | null;

  @ApiPropertyOptional({
    example: { tags: ['nurture-2026'], freeTags: [] },
    description: 'Opened, in the newest version of the type. What was erased reads as "[erased]".',
  })
  data?: unknown;

  @ApiPropertyOptional({
    example: 'unknown-type',
    enum: ['unknown-type', 'unknown-version', 'invalid'],
    description: 'Why this version of Rapport cannot read it; `data` is then absent.',
  })
  unreadable?: string;
}

export class HistoryDocument {
  @ApiProperty({ example: true, description: 'Whether the chains of all streams hold.' })
  verified!: boolean;

  @ApiProperty({ type: [StreamCheckDocument] })
  streams!: StreamCheckDocument[];

  @ApiProperty({ type: [HistoryEventDocument], description: 'In the order in which they were recorded.' })
  items!: HistoryEventDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
