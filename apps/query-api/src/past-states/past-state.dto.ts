import { IsInstant, Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsPositionToken } from '../freshness/position-token.js';

const states = ['waiting', 'building', 'ready', 'failed'] as const;

export class PastStateRequest {
  @ApiPropertyOptional({
    example: '2025-03-01T09:30:00Z',
    description: 'Only what had happened by this time, whenever it was recorded. One of the two, or both.',
  })
  @Optional()
  @IsInstant()
  asOf?: string;

  @ApiPropertyOptional({
    example: 'p1-4711-4711',
    description: 'Only what had been recorded up to this position; everything that is by now, unless given.',
  })
  @Optional()
  @IsPositionToken()
  asOfPosition?: string;
}

/** Work on the past, and how far it has come. */
export class PastJobDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b60' })
  id!: string;

  @ApiProperty({ enum: states, example: 'building' })
  state!: string;

  @ApiProperty({ example: 0.42, minimum: 0, maximum: 1, description: 'How much of the work is done.' })
  progress!: number;

  @ApiProperty({ example: 'p1-4711-4711', description: 'What had been recorded up to here counts, and nothing else.' })
  asOfPosition!: string;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it failed: a code.' })
  reason!: string | null;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  requestedAt!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  finishedAt!: string | null;
}

export class PastStateDocument extends PastJobDocument {
  @ApiProperty({
    type: String,
    nullable: true,
    example: '2025-03-01T09:30:00.000Z',
    description: 'Only what had happened by then counts; null: whenever it happened.',
  })
  asOf!: string | null;
}

export class PastStateList {
  @ApiProperty({ type: [PastStateDocument], description: 'The latest first; at most 100.' })
  items!: PastStateDocument[];
}

/** The moment that an answer is of. */
export class SeenPastDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b60' })
  pastStateId!: string;

  @ApiProperty({ example: '2025-03-01T09:30:00.000Z', description: 'The instant that conditions hold at.' })
  at!: string;

  @ApiProperty({ example: 'p1-4711-4711', description: 'What had been recorded up to here counts.' })
  asOfPosition!: string;
}
