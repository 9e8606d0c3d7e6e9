import { IsInstant, Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNumber, IsUUID } from 'class-validator';
import { SourceDto } from '../candidates/candidate-parts.dto.js';
import { MAX_TEXT, OptionalOpaqueId, OptionalText } from '../requests/fields.js';
import { One } from '../requests/nested.js';

/** A candidate applies for a role. */
export class SubmitApplicationDto {
  @ApiProperty({ example: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4' })
  @IsUUID('all')
  candidateId!: string;

  @ApiProperty({ example: 'Software engineer', maxLength: 200 })
  @Text(200)
  role!: string;

  @ApiProperty({ type: SourceDto })
  @One(() => SourceDto)
  source!: SourceDto;

  @ApiPropertyOptional({ example: 'req-104' })
  @OptionalOpaqueId()
  requisitionId?: string;

  @ApiPropertyOptional({ example: 'user-17', description: 'Opaque id of the user who handles it.' })
  @OptionalOpaqueId()
  recruiter?: string;

  @ApiPropertyOptional({ example: 82.5, description: 'What the source scored the applicant with, in its own unit.' })
  @Optional()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  assessmentScore?: number;

  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description: 'Now if absent; a date where only the day is known.',
  })
  @Optional()
  @IsInstant()
  occurredAt?: string;
}

export const movableStages = ['screened', 'interviewed', 'offered', 'hired', 'rejected', 'withdrawn'] as const;

/** An application moves on, or ends. */
export class MoveApplicationDto {
  @ApiProperty({ enum: movableStages, example: 'interviewed', description: 'Reaching one implies the earlier ones.' })
  @IsIn(movableStages)
  stage!: (typeof movableStages)[number];

  @ApiPropertyOptional({ example: 'salary', maxLength: 100, description: 'A code; for rejected and withdrawn.' })
  @OptionalText(100)
  reason?: string;

  @ApiPropertyOptional({
    example: 'Hopes for more remote work.',
    maxLength: MAX_TEXT,
    description: 'For rejected and withdrawn.',
  })
  @OptionalText(MAX_TEXT)
  notes?: string;

  @ApiPropertyOptional({
    example: '2026-03-20T15:00:00Z',
    description: 'Now if absent; a date where only the day is known.',
  })
  @Optional()
  @IsInstant()
  occurredAt?: string;
}
