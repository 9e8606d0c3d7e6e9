import { IsInstant, Optional } from '#libs/http';
import { bands, liveModel, type Band } from '#libs/scoring';
import { changeKinds, type ChangeKind } from '#projections/engagement';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsPositionToken } from '../freshness/position-token.js';
import { ScoreQuery } from './score.dto.js';

export class ScoreChangesQuery extends ScoreQuery {
  @ApiProperty({
    example: '2026-02-22T09:30:00Z',
    description: 'The earlier time. ISO 8601 with an offset, or a date.',
  })
  @IsInstant()
  since!: string;

  @ApiPropertyOptional({
    example: 'p1-4711-4711',
    description:
      'What was known at the earlier time: only what had been recorded up to this position. With it, what was recorded late or judged since is a change too; without it, both scores are as it’s known now.',
  })
  @Optional()
  @IsPositionToken()
  sinceAsOfPosition?: string;
}

export class ScoreAtDocument {
  @ApiProperty({ example: '2026-02-22T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ example: '62.500000000', description: 'Points, with nine places.' })
  score!: string;

  @ApiProperty({ enum: bands, example: 'hot' })
  band!: Band;
}

class ChangeDocument {
  @ApiProperty({ example: 'talking', description: 'Kinds that share a half-life and a cap.' })
  group!: string;

  @ApiProperty({ example: '12.500000000', description: 'Points at the earlier time.' })
  before!: string;

  @ApiProperty({ example: '11.250000000', description: 'Points at the later time.' })
  after!: string;

  @ApiProperty({ example: '-1.250000000' })
  change!: string;
}

export class TermChangeDocument extends ChangeDocument {
  @ApiProperty({ format: 'uuid', example: '0b8d2f6e-92c1-4f44-8f0e-0d7b6a9c3e21' })
  eventId!: string;

  @ApiProperty({ example: 'email.replied' })
  type!: string;

  @ApiProperty({ example: '2026-01-01T09:30:00.000Z' })
  occurredAt!: string;

  @ApiProperty({
    enum: changeKinds,
    example: 'faded',
    description:
      '`came`: it counts, and didn’t. `went`: it counted, and doesn’t. `faded`: it’s only older. `weighed-anew`: it counts for another share than it did.',
  })
  kind!: ChangeKind;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it doesn’t count any more.' })
  reason!: string | null;
}

export class CapChangeDocument extends ChangeDocument {}

export class ScoreChangesDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({ example: liveModel.version, description: 'The scoring model of both.' })
  modelVersion!: number;

  @ApiProperty({ type: ScoreAtDocument })
  before!: ScoreAtDocument;

  @ApiProperty({ type: ScoreAtDocument })
  after!: ScoreAtDocument;

  @ApiProperty({
    example: '-1.250000000',
    description: 'Points. The changes of terms and caps add up to it, to the last digit.',
  })
  change!: string;

  @ApiProperty({
    type: [TermChangeDocument],
    description: 'Events that are worth something else, what changed most first.',
  })
  terms!: TermChangeDocument[];

  @ApiProperty({ type: [CapChangeDocument], description: 'What the caps of groups take off.' })
  caps!: CapChangeDocument[];
}
