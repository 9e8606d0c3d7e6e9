import { Optional, Text } from '#libs/http';
import { rejectedFromStages, type RejectedFrom } from '#projections/funnel';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsIn } from 'class-validator';
import { CommaList } from '../comma-list.js';
import { NextCursor, PageQuery } from '../page.dto.js';
import { BooleanParameter } from '../boolean-parameter.js';

export class MedallistsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'software engineer', maxLength: 200, description: 'Words of the role.' })
  @Optional()
  @Text(200)
  title?: string;

  @ApiPropertyOptional({ example: 'req-104', maxLength: 100 })
  @Optional()
  @Text(100)
  requisitionId?: string;

  @ApiPropertyOptional({
    type: String,
    example: 'interviewed,offered',
    default: 'interviewed,offered',
    description: 'The furthest stage before the rejection: those that count as late, between commas.',
  })
  @Optional()
  @CommaList()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(rejectedFromStages, { each: true })
  stages: RejectedFrom[] = ['interviewed', 'offered'];

  @ApiPropertyOptional({
    type: Boolean,
    example: false,
    description: 'Only those whom another application has brought to an interview or a hire since, or only the others.',
  })
  @Optional()
  @BooleanParameter()
  rediscovered?: boolean;
}

const nullable = { type: String, nullable: true } as const;

export class MedallistDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({ ...nullable, example: 'Ada Lovelace', description: 'Null where it is not known.' })
  name!: string | null;

  @ApiProperty({ ...nullable, example: 'Staff Engineer' })
  title!: string | null;

  @ApiProperty({ ...nullable, format: 'uuid', example: null, description: 'Null where they were marked by hand.' })
  applicationId!: string | null;

  @ApiProperty({ ...nullable, enum: rejectedFromStages, example: 'offered' })
  stage!: string | null;

  @ApiProperty({ ...nullable, example: 'headcount' })
  reason!: string | null;

  @ApiProperty({ ...nullable, example: 'Software engineer', description: 'What they nearly got.' })
  role!: string | null;

  @ApiProperty({ ...nullable, example: 'req-104' })
  requisitionId!: string | null;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z', description: 'When they were rejected, or marked.' })
  since!: string;

  @ApiProperty({ ...nullable, example: null, description: 'By another application.' })
  interviewedSince!: string | null;

  @ApiProperty({ ...nullable, example: null, description: 'By another application.' })
  hiredSince!: string | null;
}

export class MedallistsPage {
  @ApiProperty({ isArray: true, enum: rejectedFromStages, description: 'The stages that counted as late.' })
  stages!: string[];

  @ApiProperty({ type: [MedallistDocument], description: 'The latest first.' })
  items!: MedallistDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
