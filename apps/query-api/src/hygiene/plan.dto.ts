import { Optional, Text } from '#libs/http';
import { hygieneChecks, planOwnerKinds, runFailures, scheduleUnits } from '#libs/hygiene';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { NextCursor, PageQuery } from '../page.dto.js';

const at = { type: String, example: '2026-03-02T06:00:00.000Z' } as const;
const nullable = { nullable: true } as const;
const id = { format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b62' };

export class PlansQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'team-4', maxLength: 100, description: 'Only those of this user or team.' })
  @Optional()
  @Text(100)
  owner?: string;
}

export class RunsQuery extends PlansQuery {
  @ApiPropertyOptional({ ...id, description: 'Only those of this plan.' })
  @Optional()
  @IsUUID('all')
  planId?: string;
}

export class PlanOwnerDocument {
  @ApiProperty({ enum: planOwnerKinds, example: 'team' })
  kind!: string;

  @ApiProperty({ example: 'team-4' })
  id!: string;
}

export class ScheduleDocument {
  @ApiProperty({ enum: scheduleUnits, example: 'week' })
  every!: string;

  @ApiProperty({ type: 'integer', example: 1, description: 'Of the week, from Monday, 1; or of the month.' })
  day!: number;

  @ApiProperty({ type: 'integer', example: 6, description: 'In UTC.' })
  hour!: number;
}

export class PlanDocument {
  @ApiProperty(id)
  id!: string;

  @ApiProperty({ type: 'integer', example: 0, description: 'What If-Match takes.' })
  revision!: number;

  @ApiProperty({ example: 'Monday round' })
  name!: string;

  @ApiProperty({ type: PlanOwnerDocument })
  owner!: PlanOwnerDocument;

  @ApiProperty({ type: ScheduleDocument })
  schedule!: ScheduleDocument;

  @ApiProperty({ enum: hygieneChecks, isArray: true, example: ['no-owner'] })
  checks!: string[];

  @ApiProperty({ type: 'integer', example: 12 })
  months!: number;

  @ApiProperty({ type: Number, example: 3 })
  minBits!: number;

  @ApiProperty({ example: false })
  paused!: boolean;

  @ApiProperty(at)
  madeAt!: string;

  @ApiProperty({ ...at, ...nullable })
  retiredAt!: string | null;

  @ApiProperty({ ...at, ...nullable, description: 'Null while it does not run.' })
  nextRunAt!: string | null;
}

export class PlanPage {
  @ApiProperty({ type: [PlanDocument], description: 'The latest first.' })
  items!: PlanDocument[];

  @NextCursor()
  nextCursor!: string | null;
}

export class RunFindingDocument {
  @ApiProperty({ enum: hygieneChecks, example: 'no-owner' })
  check!: string;

  @ApiProperty({ type: 'integer', example: 42, description: 'People; of likely duplicates, pairs.' })
  count!: number;

  @ApiProperty({
    example: '/v1/hygiene/people?finding=no-owner&months=12',
    description: 'Where to ask whom it is about: as it is when it is asked.',
  })
  list!: string;
}

export class RunDocument {
  @ApiProperty(id)
  id!: string;

  @ApiProperty(id)
  planId!: string;

  @ApiProperty({ type: PlanOwnerDocument, description: 'Whose the plan was then.' })
  owner!: PlanOwnerDocument;

  @ApiProperty(at)
  dueAt!: string;

  @ApiProperty(at)
  ranAt!: string;

  @ApiProperty({ example: false, description: 'Whether it ran more than an hour after it was due.' })
  late!: boolean;

  @ApiProperty({ type: 'integer', example: 0, description: 'How many more times it had been due by then.' })
  missed!: number;

  @ApiProperty({ type: String, enum: runFailures, ...nullable, example: null, description: 'Why it could not look.' })
  failure!: string | null;

  @ApiProperty({
    type: String,
    ...nullable,
    example: 'p1-4711-4711',
    description: 'Everything that had been recorded by this position is counted.',
  })
  upTo!: string | null;

  @ApiProperty({ ...at, ...nullable, description: 'What was before it was long ago.' })
  longAgo!: string | null;

  @ApiProperty({ type: [RunFindingDocument] })
  findings!: RunFindingDocument[];
}

export class RunPage {
  @ApiProperty({ type: [RunDocument], description: 'The latest first.' })
  items!: RunDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
