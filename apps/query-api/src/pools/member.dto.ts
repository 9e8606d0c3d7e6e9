import { IsInstant, Optional, Text } from '#libs/http';
import { poolLimits } from '#libs/pools';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsPositionToken } from '../freshness/position-token.js';
import { NextCursor, PageQuery } from '../page.dto.js';
import { RecordedQuery } from '../past/past.dto.js';
import { SeenPastDocument } from '../past-states/past-state.dto.js';

const at = { example: '2026-03-01T09:30:00Z', description: 'As of this time; now, unless given.' };

export class MembersQuery extends PageQuery {
  @ApiPropertyOptional({
    ...at,
    description: `${at.description} Of a segment, or together with asOfPosition, POST /v1/past-states has to have been asked for it, as asOf.`,
  })
  @Optional()
  @IsInstant()
  at?: string;

  @ApiPropertyOptional({
    example: 'p1-4711-4711',
    description: 'Only what had been recorded up to this position; POST /v1/past-states has to have been asked for it.',
  })
  @Optional()
  @IsPositionToken()
  asOfPosition?: string;

  @ApiPropertyOptional({
    example: 'contacted',
    maxLength: poolLimits.stage,
    description: 'Only those who were at this stage of a static pool.',
  })
  @Optional()
  @Text(poolLimits.stage)
  stage?: string;
}

export class MemberDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiPropertyOptional({
    format: 'uuid',
    example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
    description: 'The id that they were put into a static pool with.',
  })
  addedAs?: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Ada Lovelace',
    description:
      'Null where it is not known. As it is now, also for members of a static pool at another time; of a past state, as it was then.',
  })
  name!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Staff Engineer',
    description: 'Of the same time as the name.',
  })
  title!: string | null;

  @ApiPropertyOptional({ example: 0, description: "Of the membership's stream; what If-Match takes." })
  revision?: number;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'contacted' })
  stage?: string | null;

  @ApiPropertyOptional({ example: '2026-03-01T09:30:00.000Z' })
  joinedAt?: string;

  @ApiPropertyOptional({ example: 'recruiter-1', description: 'Opaque id of who put them in.' })
  joinedBy?: string;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'sourced', description: 'A code.' })
  reason?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Met at the spring fair.' })
  note?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: null, description: 'Null where they are still in.' })
  leftAt?: string | null;
}

export class MemberPage {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z', description: 'The time that the members are of.' })
  at!: string;

  @ApiPropertyOptional({ type: SeenPastDocument, description: 'Where it is answered from a past state.' })
  past?: SeenPastDocument;

  @ApiProperty({ type: [MemberDocument], description: 'Of a segment without what is said of a static pool only.' })
  items!: MemberDocument[];

  @NextCursor()
  nextCursor!: string | null;
}

export class ChangesQuery extends PageQuery {
  @ApiPropertyOptional({ example: '2026-03-01', description: 'Not earlier than this; ever, unless given.' })
  @Optional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ example: '2026-04-01', description: 'Earlier than this; up to now, unless given.' })
  @Optional()
  @IsInstant()
  to?: string;
}

export class PoolChangeDocument {
  @ApiProperty({
    example: '2026-03-01T09:30:00.000Z',
    description: 'Of what is taken back, the time that it was told of.',
  })
  at!: string;

  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({
    format: 'uuid',
    example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
    description: 'The id that it was recorded for: another one where the candidate has several.',
  })
  addedAs!: string;

  @ApiProperty({
    enum: ['entered', 'moved', 'left', 'entry-retracted', 'exit-retracted'],
    example: 'entered',
    description: 'Retracted, of a watched segment: they had not come in or gone at that time after all.',
  })
  change!: string;

  @ApiProperty({ type: String, nullable: true, example: 'new', description: 'That they came to.' })
  stage!: string | null;

  @ApiProperty({ example: 'recruiter-1', description: 'Opaque id of who did it; segment, of a watched segment.' })
  by!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'sourced',
    description: 'A code. Of what is taken back, merged or known-better.',
  })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Met at the spring fair.' })
  note!: string | null;

  @ApiPropertyOptional({ example: '2026-03-01T09:30:01.000Z', description: 'When it was told, of a watched segment.' })
  toldAt?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['/and/1'],
    description: 'JSON pointers into the criteria of a watched segment: the conditions that changed at that instant.',
  })
  because?: string[];

  @ApiPropertyOptional({
    example: false,
    description:
      'Of a watched segment: the same had been told before, of another time or under another id of the person.',
  })
  restated?: boolean;
}

export class PoolChangePage {
  @ApiProperty({ type: [PoolChangeDocument], description: 'In order.' })
  items!: PoolChangeDocument[];

  @NextCursor()
  nextCursor!: string | null;
}

export class CandidatePoolsQuery extends RecordedQuery {
  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description: 'Only those that the candidate was in at this time; every stay there ever was, unless given.',
  })
  @Optional()
  @IsInstant()
  at?: string;
}

export class PoolStayDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c' })
  poolId!: string;

  @ApiProperty({ example: 'Backend engineers in Austin' })
  name!: string;

  @ApiProperty({
    format: 'uuid',
    example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
    description: 'The id that it was recorded for: another one where the candidate has several.',
  })
  addedAs!: string;

  @ApiProperty({ type: String, nullable: true, example: 'contacted', description: 'The last one.' })
  stage!: string | null;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  joinedAt!: string;

  @ApiProperty({ example: 'recruiter-1' })
  joinedBy!: string;

  @ApiProperty({ type: String, nullable: true, example: 'sourced' })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Met at the spring fair.' })
  note!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  leftAt!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  leftBy!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  leftReason!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  leftNote!: string | null;
}

export class CandidatePoolsDocument {
  @ApiProperty({ type: [PoolStayDocument], description: 'Static pools; the latest first.' })
  items!: PoolStayDocument[];
}
