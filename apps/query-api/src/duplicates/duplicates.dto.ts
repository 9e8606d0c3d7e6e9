import { DEFAULT_THRESHOLD } from '#libs/identity';
import { Hundredths, Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { Max, Min } from 'class-validator';
import { NextCursor, PageQuery } from '../page.dto.js';

export const LEAST_BITS = -3;

export class DuplicatesQuery extends PageQuery {
  @ApiPropertyOptional({
    type: Number,
    example: 3,
    minimum: LEAST_BITS,
    maximum: 100,
    default: DEFAULT_THRESHOLD,
    description: 'How sure to be, in bits: each doubles the odds, and 3 are 8 to 1.',
  })
  @Optional()
  @Type(() => Number)
  @Hundredths()
  @Min(LEAST_BITS)
  @Max(100)
  minBits = DEFAULT_THRESHOLD;

  @ApiPropertyOptional({
    example: 'team-4',
    maxLength: 100,
    description: 'Only whom this user or team owns: at least one side of a pair that there is to decide on.',
  })
  @Optional()
  @Text(100)
  owner?: string;
}

export class DuplicateReasonDocument {
  @ApiProperty({ example: 'given name' })
  field!: string;

  @ApiProperty({ example: 'short form', description: 'How the two compare; never what is in the field.' })
  verdict!: string;

  @ApiProperty({ example: 3.84, description: 'For (positive) or against, in bits. They add up to those of the pair.' })
  bits!: number;
}

export class DuplicatePairDocument {
  @ApiProperty({
    type: [String],
    format: 'uuid',
    minItems: 2,
    maxItems: 2,
    example: ['6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a', '7f8b2c9e-1d2a-4c3b-8a4d-000000000001'],
  })
  candidateIds!: string[];

  @ApiProperty({ example: 9.41, description: 'What a decision that they are no duplicates takes as `bits`.' })
  bits!: number;

  @ApiProperty({ example: 0.9985, description: 'The same as a chance, 0 to 1.' })
  chance!: number;

  @ApiProperty({ type: [DuplicateReasonDocument] })
  reasons!: DuplicateReasonDocument[];
}

const nullable = { type: String, nullable: true } as const;

export class DuplicateCandidateDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({
    format: 'uuid',
    example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
    description: 'Whom they go by: another id where they were merged already.',
  })
  personId!: string;

  @ApiProperty({ ...nullable, example: 'Ada Lovelace' })
  name!: string | null;

  @ApiProperty({ ...nullable, example: 'Staff Engineer' })
  title!: string | null;

  @ApiProperty({ ...nullable, example: 'team-4' })
  owner!: string | null;
}

export class LikelyPersonDocument {
  @ApiProperty({ type: [DuplicateCandidateDocument], description: 'Who are likely one person.' })
  candidates!: DuplicateCandidateDocument[];

  @ApiProperty({ type: [DuplicatePairDocument], description: 'What there is to decide on, the likeliest first.' })
  pairs!: DuplicatePairDocument[];
}

export class LikelyPeoplePageDocument {
  @ApiProperty({ type: [LikelyPersonDocument], description: 'The likeliest first.' })
  items!: LikelyPersonDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
