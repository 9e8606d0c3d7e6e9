import { IsInstant, Optional } from '#libs/http';
import { bands, liveModel, type Band } from '#libs/scoring';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { AfterQuery } from '../freshness/after.dto.js';
import { ModelVersion, OptionalModelVersion } from './model-version.js';

const MOST_MOVERS = 200;

export class ComparisonQuery extends AfterQuery {
  @OptionalModelVersion('The model to compare with; the live one, unless given.')
  one?: number;

  @ModelVersion('The model that is tried.')
  other!: number;

  @ApiPropertyOptional({
    example: '2026-06-30T00:00:00Z',
    description:
      'As of this time, if nothing more happens: now, unless given, or later. For past times there is the back-test.',
  })
  @Optional()
  @IsInstant()
  at?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MOST_MOVERS,
    default: 20,
    example: 20,
    description: 'How many of those who move to show.',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_MOVERS)
  limit = 20;
}

export class CrossingDocument {
  @ApiProperty({ enum: bands, example: 'warm', description: 'By the one model.' })
  from!: Band;

  @ApiProperty({ enum: bands, example: 'hot', description: 'By the other.' })
  to!: Band;

  @ApiProperty({ example: 12 })
  people!: number;
}

export class MoverDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({ example: 812, description: 'Place by the one model, from 1; equal scores share the mean of theirs.' })
  from!: number;

  @ApiProperty({ example: 3.5, description: 'Place by the other.' })
  to!: number;

  @ApiProperty({ enum: bands, example: 'cold' })
  bandFrom!: Band;

  @ApiProperty({ enum: bands, example: 'hot' })
  bandTo!: Band;
}

export class ComparisonDocument {
  @ApiProperty({ example: liveModel.version })
  one!: number;

  @ApiProperty({ example: 1_000 })
  other!: number;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ example: 20_412, description: 'With whom anything ever happened.' })
  people!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0.93,
    description: "Spearman's rank correlation: 1 for the same order. Null where a model has everybody at one place.",
  })
  correlation!: number | null;

  @ApiProperty({ type: [CrossingDocument], description: 'Who is in which band by the one model and by the other.' })
  crossings!: CrossingDocument[];

  @ApiProperty({ example: 15_004, description: 'How many have another place.' })
  moved!: number;

  @ApiProperty({ type: [MoverDocument], description: 'Furthest first, up or down.' })
  movers!: MoverDocument[];
}
