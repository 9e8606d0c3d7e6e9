import { Hundredths, Optional, Text } from '#libs/http';
import { hygieneChecks, planLimits, planOwnerKinds, scheduleUnits, type HygieneCheck } from '#libs/hygiene';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import { OpaqueId } from '../requests/fields.js';
import { One } from '../requests/nested.js';

const MONTHS = 12;
const MIN_BITS = 3;

const Checks = (): PropertyDecorator =>
  applyDecorators(IsArray(), ArrayMinSize(1), ArrayUnique(), IsIn(hygieneChecks, { each: true }));
const Months = (): PropertyDecorator => applyDecorators(IsInt(), Min(1), Max(planLimits.months));
const MinBits = (): PropertyDecorator =>
  applyDecorators(Hundredths(), Min(planLimits.leastBits), Max(planLimits.mostBits));

const name = {
  example: 'Monday round',
  maxLength: planLimits.name,
  description: 'Stored in the clear: it must say nothing about one person.',
};
const checks = {
  enum: hygieneChecks,
  isArray: true,
  example: ['address-bounced', 'no-owner', 'likely-duplicates'] as string[],
  description: 'What it looks for.',
} as const;
const months = {
  type: 'integer',
  example: MONTHS,
  minimum: 1,
  maximum: planLimits.months,
  description: 'What counts as long ago, for a profile and a contact: so many calendar months, in UTC.',
} as const;
const minBits = {
  type: Number,
  example: MIN_BITS,
  minimum: planLimits.leastBits,
  maximum: planLimits.mostBits,
  description: 'How sure to be of duplicates, in bits: each doubles the odds.',
};
const paused = { type: Boolean, example: false, description: 'It does not run while it is.' };
const owner = { example: { kind: 'team', id: 'team-4' }, description: 'Who is to look at what it finds.' };
const scheduleExample = { every: 'week', day: 1, hour: 6 };

export class PlanOwnerDto {
  @ApiProperty({ enum: planOwnerKinds, example: 'team' })
  @IsIn(planOwnerKinds)
  kind!: (typeof planOwnerKinds)[number];

  @ApiProperty({ example: 'team-4', description: 'Opaque.' })
  @OpaqueId()
  id!: string;
}

export class ScheduleDto {
  @ApiProperty({ enum: scheduleUnits, example: 'week' })
  @IsIn(scheduleUnits)
  every!: (typeof scheduleUnits)[number];

  @ApiProperty({
    type: 'integer',
    example: 1,
    minimum: 1,
    maximum: planLimits.day,
    description: 'Of the week, from Monday, 1, to Sunday, 7; or of the month.',
  })
  @IsInt()
  @Min(1)
  @Max(planLimits.day)
  day!: number;

  @ApiProperty({ type: 'integer', example: 6, minimum: 0, maximum: planLimits.hour, description: 'In UTC.' })
  @IsInt()
  @Min(0)
  @Max(planLimits.hour)
  hour!: number;
}

/** A scheduled clean-up with its owner. It looks and reports; it changes nothing. */
export class MakePlanDto {
  @ApiProperty(name)
  @Text(planLimits.name)
  name!: string;

  @ApiProperty({ type: PlanOwnerDto, ...owner })
  @One(() => PlanOwnerDto)
  owner!: PlanOwnerDto;

  @ApiProperty({ type: ScheduleDto, example: scheduleExample })
  @One(() => ScheduleDto)
  schedule!: ScheduleDto;

  @ApiProperty(checks)
  @Checks()
  checks!: HygieneCheck[];

  @ApiPropertyOptional({ ...months, default: MONTHS })
  @Optional()
  @Months()
  months = MONTHS;

  @ApiPropertyOptional({ ...minBits, default: MIN_BITS })
  @Optional()
  @MinBits()
  minBits = MIN_BITS;

  @ApiPropertyOptional({ ...paused, default: false })
  @Optional()
  @IsBoolean()
  paused = false;
}

/** What to change of a plan: an absent field stays. */
export class ChangePlanDto {
  @ApiPropertyOptional(name)
  @Optional()
  @Text(planLimits.name)
  name?: string;

  @ApiPropertyOptional({ type: PlanOwnerDto, ...owner })
  @Optional()
  @One(() => PlanOwnerDto)
  owner?: PlanOwnerDto;

  @ApiPropertyOptional({ type: ScheduleDto, example: scheduleExample })
  @Optional()
  @One(() => ScheduleDto)
  schedule?: ScheduleDto;

  @ApiPropertyOptional(checks)
  @Optional()
  @Checks()
  checks?: HygieneCheck[];

  @ApiPropertyOptional(months)
  @Optional()
  @Months()
  months?: number;

  @ApiPropertyOptional(minBits)
  @Optional()
  @MinBits()
  minBits?: number;

  @ApiPropertyOptional(paused)
  @Optional()
  @IsBoolean()
  paused?: boolean;
}
