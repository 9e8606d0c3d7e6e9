import { IsInstant, Optional } from '#libs/http';
import { bands, liveModel, type Band } from '#libs/scoring';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RecordedQuery } from '../past/past.dto.js';
import { OptionalModelVersion } from './model-version.js';

export class ScoreQuery extends RecordedQuery {
  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description: 'The score as of this time, past or future; now, unless given. ISO 8601 with an offset, or a date.',
  })
  @Optional()
  @IsInstant()
  at?: string;

  @OptionalModelVersion('The scoring model to score by; the live one, unless given. GET /v1/scoring-models lists them.')
  model?: number;
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
    description: `By the model: hot from ${liveModel.bands.hot.enter} points until below ${liveModel.bands.hot.leave}, warm from ${liveModel.bands.warm.enter} until below ${liveModel.bands.warm.leave}, else cold; dormant after ${liveModel.dormantAfterDays} days without a signal; a published model may say otherwise.`,
  })
  band!: Band;

  @ApiProperty({ type: NextBandDocument, nullable: true, description: 'The next change if nothing happens.' })
  next!: NextBandDocument | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-02-27T15:20:00.000Z', description: 'Of what counts.' })
  lastSignalAt!: string | null;

  @ApiProperty({
    example: false,
    description:
      'Asked for no more emails by then, from whatever topic, and whatever consent came later: a flag, never a term of the score. Whether they may be contacted, their relationship says.',
  })
  unsubscribed!: boolean;

  @ApiProperty({ example: false, description: 'Reported an email as spam. A flag, never a term of the score.' })
  complained!: boolean;
}

export class VerdictDocument {
  @ApiProperty({ enum: ['human', 'machine', 'unknown'], example: 'human' })
  verdict!: 'human' | 'machine' | 'unknown';

  @ApiProperty({ example: 1, description: 'Of the classifier that gave it.' })
  classifierVersion!: number;
}

export class ScoreTermDocument {
  @ApiProperty({ format: 'uuid', example: '0b8d2f6e-92c1-4f44-8f0e-0d7b6a9c3e21' })
  eventId!: string;

  @ApiProperty({ example: 'email.replied' })
  type!: string;

  @ApiProperty({ example: '2026-01-01T09:30:00.000Z' })
  occurredAt!: string;

  @ApiProperty({ example: 'talking', description: 'Kinds that share a half-life and a cap.' })
  group!: string;

  @ApiProperty({ example: 25, description: 'Points when it happened.' })
  weight!: number;

  @ApiProperty({
    example: 1,
    description: 'The share of the weight that counts: less than 1 where nobody knows who acted and the model says so.',
  })
  factor!: number;

  @ApiProperty({ example: 0, description: 'How many of its kind came shortly before it; each halves it.' })
  repeats!: number;

  @ApiProperty({ example: 90, description: 'Days after which it is worth half.' })
  halfLifeDays!: number;

  @ApiProperty({ example: 0.5, description: 'The share that is left of it by its age.' })
  decay!: number;

  @ApiProperty({
    type: VerdictDocument,
    nullable: true,
    description: 'Who acted, as was found out afterwards; null where nobody judged it.',
  })
  verdict!: VerdictDocument | null;

  @ApiProperty({
    example: '12.500000000',
    description: 'Points at the time asked for. Terms and caps add up to the score, to the last digit.',
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

  @ApiProperty({ type: VerdictDocument, nullable: true, description: 'The verdict that it is left out by, if any.' })
  verdict!: VerdictDocument | null;
}

export class CapDocument {
  @ApiProperty({ example: 'reading' })
  group!: string;

  @ApiProperty({ example: 40, description: 'Points that the group counts for at most.' })
  cap!: number;

  @ApiProperty({ example: '-3.250000000', description: 'What it would count for beyond that, taken off.' })
  value!: string;
}

export class WhatIfDocument {
  @ApiProperty({ example: 'email.replied' })
  type!: string;

  @ApiProperty({ example: '71.250000000', description: 'The score if such an event happened at that time.' })
  score!: string;

  @ApiProperty({ enum: bands, example: 'hot' })
  band!: Band;
}

export class ScoreDocument extends ScoreSummaryDocument {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z', description: 'The time that the score is of.' })
  at!: string;

  @ApiProperty({ example: liveModel.version, description: 'The scoring model that it was made by.' })
  modelVersion!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-02-27T15:20:00.000Z',
    description: 'When the band was entered.',
  })
  bandSince!: string | null;

  @ApiProperty({ example: 95, description: 'All that ever counted, without decay, damping and caps.' })
  lifetimePoints!: number;

  @ApiProperty({ type: [ScoreTermDocument], description: 'What the score is made of, dearest first.' })
  terms!: ScoreTermDocument[];

  @ApiProperty({ type: [CapDocument], description: 'What the caps of groups take off.' })
  caps!: CapDocument[];

  @ApiProperty({ type: [WhatIfDocument], description: 'What one more event of each kind would change, most first.' })
  whatIf!: WhatIfDocument[];

  @ApiProperty({ type: [LeftOutDocument], description: 'What counts for nothing, newest first.' })
  leftOut!: LeftOutDocument[];
}
