import { sourceKinds } from '#libs/candidates';
import { IsInstant, Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Equals, IsIn, IsInt, IsNumber, Max, Min } from 'class-validator';
import { OptionalListOf, OptionalOne, OptionalWords } from './nested.js';

export class SkillCriterion {
  @ApiProperty({ example: 'TypeScript', maxLength: 100, description: 'Upper and lower case are the same.' })
  @Text(100)
  name!: string;

  @ApiPropertyOptional({
    example: 3,
    minimum: 0,
    maximum: 80,
    description: 'At least so many years of experience with it.',
  })
  @Optional()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(80)
  minYears?: number;
}

export class SkillsCriterion {
  @ApiPropertyOptional({ type: [SkillCriterion], description: 'All of these.' })
  @OptionalListOf(() => SkillCriterion, 20)
  all?: SkillCriterion[];

  @ApiPropertyOptional({ type: [SkillCriterion], description: 'At least one of these.' })
  @OptionalListOf(() => SkillCriterion, 20)
  any?: SkillCriterion[];
}

export class TagsCriterion {
  @ApiPropertyOptional({ type: [String], example: ['nurture-2026'], description: 'All of these.' })
  @OptionalWords(20, 100)
  all?: string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['alumni', 'silver-medallist'],
    description: 'At least one of these.',
  })
  @OptionalWords(20, 100)
  any?: string[];
}

export class LocationCriterion {
  @ApiPropertyOptional({ example: 'Austin', maxLength: 100 })
  @Optional()
  @Text(100)
  city?: string;

  @ApiPropertyOptional({ example: 'Texas', maxLength: 100 })
  @Optional()
  @Text(100)
  region?: string;

  @ApiPropertyOptional({ example: 'US', maxLength: 100, description: 'By its name or its code (ISO 3166-1 alpha-2).' })
  @Optional()
  @Text(100)
  country?: string;
}

/** Within so many kilometres of a city, or of a point. */
export class NearCriterion {
  @ApiPropertyOptional({ example: 'Austin', maxLength: 100, description: 'Also with what it lies in: "Austin, TX".' })
  @Optional()
  @Text(100)
  city?: string;

  @ApiPropertyOptional({ example: 'TX', maxLength: 100, description: 'That the city lies in.' })
  @Optional()
  @Text(100)
  region?: string;

  @ApiPropertyOptional({
    example: 'US',
    maxLength: 100,
    description: 'That the city lies in, by its name or its code (ISO 3166-1 alpha-2).',
  })
  @Optional()
  @Text(100)
  country?: string;

  @ApiPropertyOptional({
    example: 30.27,
    minimum: -90,
    maximum: 90,
    description: 'Instead of a city, together with longitude.',
  })
  @Optional()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(-90)
  @Max(90)
  latitude?: number;

  @ApiPropertyOptional({
    example: -97.74,
    minimum: -180,
    maximum: 180,
    description: 'Instead of a city, together with latitude.',
  })
  @Optional()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(-180)
  @Max(180)
  longitude?: number;

  @ApiProperty({ example: 50, minimum: 0.001, maximum: 20_000 })
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0.001)
  @Max(20_000)
  kilometres!: number;
}

/** "6 to 12 months ago" is `{ "from": 12, "to": 6 }`. */
export class MonthsAgo {
  @ApiProperty({
    example: 12,
    minimum: 0,
    maximum: 600,
    description: 'The earlier end: at most so many calendar months ago.',
  })
  @IsInt()
  @Min(0)
  @Max(600)
  from!: number;

  @ApiProperty({
    example: 6,
    minimum: 0,
    maximum: 600,
    description: 'The later end: at least so many calendar months ago.',
  })
  @IsInt()
  @Min(0)
  @Max(600)
  to!: number;
}

export class InterestCriterion {
  @ApiPropertyOptional({ example: 'backend', maxLength: 100 })
  @Optional()
  @Text(100)
  name?: string;

  @ApiPropertyOptional({ example: 'Backend Engineer', maxLength: 200, description: 'The title that was asked for.' })
  @Optional()
  @Text(200)
  role?: string;

  @ApiPropertyOptional({ example: '2025-03-01', description: 'Expressed at this time or later.' })
  @Optional()
  @IsInstant()
  expressedFrom?: string;

  @ApiPropertyOptional({ example: '2025-09-01', description: 'Expressed before this time.' })
  @Optional()
  @IsInstant()
  expressedTo?: string;

  @ApiPropertyOptional({ type: MonthsAgo, description: 'Instead of times: how many calendar months (UTC) ago.' })
  @OptionalOne(() => MonthsAgo)
  expressedMonthsAgo?: MonthsAgo;
}

export class SourceCriterion {
  @ApiPropertyOptional({ enum: sourceKinds, example: 'social-media' })
  @Optional()
  @IsIn(sourceKinds)
  kind?: (typeof sourceKinds)[number];

  @ApiPropertyOptional({ example: 'LinkedIn', maxLength: 100 })
  @Optional()
  @Text(100)
  name?: string;
}

export class LastContactCriterion {
  @ApiPropertyOptional({ example: '2026-01-01', description: 'Last in touch before this time.' })
  @Optional()
  @IsInstant()
  before?: string;

  @ApiPropertyOptional({ example: '2025-07-01', description: 'Last in touch at this time or later.' })
  @Optional()
  @IsInstant()
  after?: string;

  @ApiPropertyOptional({ enum: [true], example: true, description: 'Never in touch. Not together with times.' })
  @Optional()
  @Equals(true)
  never?: true;
}

export class ExperienceCriterion {
  @ApiPropertyOptional({ example: 5, minimum: 0, maximum: 80 })
  @Optional()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(80)
  min?: number;

  @ApiPropertyOptional({ example: 12, minimum: 0, maximum: 80 })
  @Optional()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(80)
  max?: number;
}
