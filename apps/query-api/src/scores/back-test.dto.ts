import { IsInstant, Optional } from '#libs/http';
import { liveModel, MAX_MODEL_VERSION } from '#libs/scoring';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsInt, Max, Min } from 'class-validator';
import { AfterQuery } from '../freshness/after.dto.js';
import { Versions } from './model-version.js';

const MOST_MODELS = 4;
const MOST_MONTHS = 24;
const MOST_DAYS = 730;
const MOST_PEOPLE = 20_000;

export class BackTestQuery extends AfterQuery {
  @ApiProperty({
    type: [Number],
    example: [liveModel.version],
    maxItems: MOST_MODELS,
    description: 'Versions between commas, of any models that there are or were.',
  })
  @Versions()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_MODELS)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(MAX_MODEL_VERSION, { each: true })
  models!: number[];

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST_MONTHS, default: 6, example: 6 })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_MONTHS)
  months = 6;

  @ApiPropertyOptional({
    example: '2026-03-01T00:00:00Z',
    description: 'What is known up to this time; now, unless given. It must not be later than now.',
  })
  @Optional()
  @IsInstant()
  until?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MOST_DAYS,
    default: 90,
    example: 90,
    description: 'What comes within so many days of a month’s end counts.',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_DAYS)
  within = 90;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MOST_PEOPLE,
    default: 5_000,
    example: 5_000,
    description:
      'How many people to rank at most, drawn evenly and always the same. `rapport scoring back-test` takes everybody.',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_PEOPLE)
  people = 5_000;
}

export class ForetoldDocument {
  @ApiProperty({ example: liveModel.version })
  model!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0.71,
    description:
      'The chance that somebody to whom it came ranks above somebody to whom it did not; 0.5 for a coin. Null where it came to nobody, or to all.',
  })
  auc!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 3.2,
    description: "The top tenth's rate over everybody's. Null where it came to nobody.",
  })
  topDecileLift!: number | null;

  @ApiProperty({ type: [Number], example: [0.2, 0.1, 0.05], description: 'Rates of each tenth, highest scores first.' })
  deciles!: number[];
}

export class BackTestRowDocument {
  @ApiProperty({ example: '2025-11-30' })
  monthEnd!: string;

  @ApiProperty({ enum: ['interviews', 'hires'], example: 'hires' })
  outcome!: 'interviews' | 'hires';

  @ApiProperty({ example: 4_711, description: 'With whom anything had happened by then.' })
  people!: number;

  @ApiProperty({ example: 42, description: 'To whom it came.' })
  came!: number;

  @ApiProperty({ type: [ForetoldDocument] })
  models!: ForetoldDocument[];
}

export class BackTestDocument {
  @ApiProperty({ example: 90 })
  within!: number;

  @ApiProperty({ example: 5_000, description: 'How many people were ranked.' })
  people!: number;

  @ApiProperty({ type: [BackTestRowDocument] })
  items!: BackTestRowDocument[];
}
