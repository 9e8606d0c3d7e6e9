import { IsInstant, Optional } from '#libs/http';
import { BAND_THRESHOLDS, bands, DORMANT_DAYS, HALF_LIFE_DAYS, type Band } from '#libs/scoring';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AfterQuery } from '../freshness/after.dto.js';

export class ScoreQuery extends AfterQuery {
  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description: 'The score as of this time, past or future; now, unless given. ISO 8601 with an offset, or a date.',
  })
  @Optional()
  @IsInstant()
  at?: string;
}

export class NextBandDocument {
  @ApiProperty({ enum: bands, example: 'warm' })
  band!: Band;

  @ApiProperty({ example: '2026-05-02T10:12:13.000Z' })
  at!: string;
}

export class ScoreSummaryDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({ example: '62.500000000', description: 'Points, with nine places; a string, so that none is lost.' })
  score!: string;

  @ApiProperty({
    enum: bands,
    example: 'hot',
    description: `Hot from ${BAND_THRESHOLDS.hot} points, warm from ${BAND_THRESHOLDS.warm}, else cold; dormant after ${DORMANT_DAYS} days without a signal.`,
  })
  band!: Band;

  @ApiProperty({ type: NextBandDocument, nullable: true, description: 'The next change if nothing happens.' })
  next!: NextBandDocument | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-02-27T15:20:00.000Z', description: 'Of what counts.' })
  lastSignalAt!: string | null;

  @ApiProperty({ example: false, description: 'A flag, never a term of the score.' })
  unsubscribed!: boolean;

  @ApiProperty({ example: false, description: 'Reported an email as spam. A flag, never a term of the score.' })
  complained!: boolean;
}

export class ScoreTermDocument {
  @ApiProperty({ format: 'uuid', example: '0b8d2f6e-92c1-4f44-8f0e-0d7b6a9c3e21' })
  eventId!: string;

  @ApiProperty({ example: 'email.replied' })
  type!: string;

  @ApiProperty({ example: '2026-01-01T09:30:00.000Z' })
  occurredAt!: string;

  @ApiProperty({ example: 25, description: 'Points when it happened.' })
  weight!: number;

  @ApiProperty({
    example: '12.500000000',
    description: 'Points at the time asked for. The terms add up to the score, to the last digit.',
  })
  value!: string;
}

export class LeftOutDocument {
  @ApiProperty({ format: 'uuid', example: '5d0f1c1e-4a8e-4c55-9d0a-1f6b7c8d9e0f' })
  eventId!: string;

  @ApiProperty({ example: 'email.opened' })
  type!: string;

  @ApiProperty({ example: '2026-02-01T09:30:00.000Z' })
  occurredAt!: string;

  @ApiProperty({ example: 'machine', description: 'Why it counts for nothing.' })
  reason!: string;
}

export class ScoreDocument extends ScoreSummaryDocument {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z', description: 'The time that the score is of.' })
  at!: string;

  @ApiProperty({ example: HALF_LIFE_DAYS, description: 'Days after which a signal is worth half.' })
  halfLifeDays!: number;

  @ApiProperty({ type: [ScoreTermDocument], description: 'What the score is made of, dearest first.' })
  terms!: ScoreTermDocument[];

  @ApiProperty({ type: [LeftOutDocument], description: 'What counts for nothing, newest first.' })
  leftOut!: LeftOutDocument[];
}
