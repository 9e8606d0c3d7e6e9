import { Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { AfterQuery } from '../freshness/after.dto.js';
import { NextCursor, PageQuery } from '../page.dto.js';
import { findings, type Finding } from '#libs/hygiene';

const MONTHS = 12;
const MOST_MONTHS = 600;
const months = {
  type: Number,
  example: MONTHS,
  minimum: 1,
  maximum: MOST_MONTHS,
  default: MONTHS,
  description: 'What counts as long ago, for a profile and a contact: so many calendar months, in UTC.',
} as const;
const owner = {
  example: 'team-4',
  maxLength: 100,
  description: 'Only people whom this user or team owns.',
} as const;

export class HygieneQuery extends AfterQuery {
  @ApiPropertyOptional(months)
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_MONTHS)
  months = MONTHS;

  @ApiPropertyOptional(owner)
  @Optional()
  @Text(100)
  owner?: string;
}

export class FoundPeopleQuery extends PageQuery {
  @ApiProperty({ enum: findings, example: 'address-bounced' })
  @IsIn(findings)
  finding!: Finding;

  @ApiPropertyOptional(months)
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_MONTHS)
  months = MONTHS;

  @ApiPropertyOptional(owner)
  @Optional()
  @Text(100)
  owner?: string;
}

const nullable = { type: String, nullable: true } as const;

export class FindingCountDocument {
  @ApiProperty({ enum: findings, example: 'address-bounced' })
  finding!: string;

  @ApiProperty({ type: 'integer', example: 42, description: 'People.' })
  count!: number;
}

export class HygieneDocument {
  @ApiProperty({ example: '2025-03-01T12:00:00.000Z', description: 'What was before it is long ago.' })
  longAgo!: string;

  @ApiProperty({ type: [FindingCountDocument] })
  items!: FindingCountDocument[];
}

export class FoundPersonDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({ ...nullable, example: 'Ada Lovelace' })
  name!: string | null;

  @ApiProperty({ ...nullable, example: 'Staff Engineer' })
  title!: string | null;

  @ApiProperty({ ...nullable, example: 'team-4' })
  owner!: string | null;

  @ApiProperty({
    example: '2024-03-01T09:30:00.000Z',
    description: 'Of a profile or a contact, the last one, or when they were added; of an address, when it bounced.',
  })
  since!: string;
}

export class FoundPeoplePage {
  @ApiProperty({ example: '2025-03-01T12:00:00.000Z', description: 'What was before it is long ago.' })
  longAgo!: string;

  @ApiProperty({ type: [FoundPersonDocument], description: 'The longest first.' })
  items!: FoundPersonDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
