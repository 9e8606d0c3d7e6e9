import { IsInstant, Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { IsPositionToken } from '../freshness/position-token.js';
import { NextCursor, PageQuery } from '../page.dto.js';
import { PastJobDocument } from '../past-states/past-state.dto.js';

export class SegmentHistoryRequest {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c', description: 'A segment.' })
  @IsUUID('all')
  poolId!: string;

  @ApiPropertyOptional({
    example: 'p1-4711-4711',
    description: 'Only what had been recorded up to this position; everything that is by now, unless given.',
  })
  @Optional()
  @IsPositionToken()
  asOfPosition?: string;
}

export class SegmentHistoryDocument extends PastJobDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c' })
  poolId!: string;

  @ApiProperty({
    type: Object,
    example: { attribute: 'city', is: ['Austin'] },
    description: 'Those of the segment when it was asked for: what its whole past is told by.',
  })
  criteria!: Readonly<Record<string, unknown>>;
}

export class SegmentHistoryList {
  @ApiProperty({ type: [SegmentHistoryDocument], description: 'The latest first; at most 100.' })
  items!: SegmentHistoryDocument[];
}

/** A history says itself up to when it is: there's nothing to wait for. */
class HistoryPageQuery extends OmitType(PageQuery, ['after']) {}

export class SegmentMembersQuery extends HistoryPageQuery {
  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description: 'Who was in at this time; when the history was asked for, unless given.',
  })
  @Optional()
  @IsInstant()
  at?: string;
}

export class SegmentMemberDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Ada Lovelace', description: 'As of now.' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Staff Engineer', description: 'As of now.' })
  title!: string | null;

  @ApiProperty({ example: '2025-11-01T09:30:00.000Z' })
  enteredAt!: string;

  @ApiProperty({
    type: [String],
    example: ['/and/1'],
    description: 'JSON pointers into the criteria: the conditions that changed when they came in.',
  })
  because!: string[];

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Null where they are still in.' })
  leftAt!: string | null;
}

export class SegmentMemberPage {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z', description: 'The time that the members are of.' })
  at!: string;

  @ApiProperty({ type: [SegmentMemberDocument], description: 'By when they came in.' })
  items!: SegmentMemberDocument[];

  @NextCursor()
  nextCursor!: string | null;
}

export class SegmentChangesQuery extends HistoryPageQuery {
  @ApiPropertyOptional({ example: '2026-03-01', description: 'Not earlier than this; ever, unless given.' })
  @Optional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({
    example: '2026-04-01',
    description: 'Earlier than this; up to when the history was asked for, unless given.',
  })
  @Optional()
  @IsInstant()
  to?: string;
}

export class SegmentChangeDocument {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({ enum: ['entered', 'left'], example: 'entered' })
  change!: string;

  @ApiProperty({
    type: [String],
    example: ['/and/1'],
    description: 'JSON pointers into the criteria: the conditions that changed at that instant.',
  })
  because!: string[];
}

export class SegmentChangePage {
  @ApiProperty({ type: [SegmentChangeDocument], description: 'In order.' })
  items!: SegmentChangeDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
