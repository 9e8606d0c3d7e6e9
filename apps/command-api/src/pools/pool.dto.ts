import { Optional, OptionalOrNull, Text } from '#libs/http';
import { poolKinds, poolLimits, type PoolKind } from '#libs/pools';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsObject, Max, Min } from 'class-validator';
import { CODE, OpaqueId, OptionalCode, OptionalOpaqueId, OptionalText } from '../requests/fields.js';
import { Words } from '../requests/nested.js';

const criteria = { attribute: 'city', is: ['Austin'] };
const criteriaDescription = 'Whom one means, in the criteria language. A segment has them, a static pool has none.';

const TargetSize = (): PropertyDecorator => applyDecorators(IsInt(), Min(1), Max(poolLimits.targetSize));

/** A pool: static, or a segment. */
export class OpenPoolDto {
  @ApiProperty({
    example: 'Backend engineers in Austin',
    maxLength: poolLimits.name,
    description: 'Stored in the clear: it must say nothing about one person.',
  })
  @Text(poolLimits.name)
  name!: string;

  @ApiProperty({
    enum: poolKinds,
    example: 'static',
    description: 'Who is in is said by hand (static), or follows from criteria (segment).',
  })
  @IsIn(poolKinds)
  kind!: PoolKind;

  @ApiPropertyOptional({
    example: 'Payments team, next year',
    maxLength: poolLimits.purpose,
    description: 'What it is for. Stored in the clear: it must say nothing about one person.',
  })
  @OptionalText(poolLimits.purpose)
  purpose?: string;

  @ApiPropertyOptional({ example: 'team-4', description: 'Opaque id of the user or team who looks after it.' })
  @OptionalOpaqueId()
  owner?: string;

  @ApiPropertyOptional({ type: 'integer', example: 200, minimum: 1, maximum: poolLimits.targetSize })
  @Optional()
  @TargetSize()
  targetSize?: number;

  @ApiPropertyOptional({
    type: [String],
    example: ['new', 'contacted', 'interested'],
    maxItems: poolLimits.stages,
    description: 'In order. Whoever is added begins in the first, unless another is named.',
  })
  @Optional()
  @Words(poolLimits.stages, poolLimits.stage)
  stages?: string[];

  @ApiPropertyOptional({ type: Object, example: criteria, description: criteriaDescription })
  @Optional()
  @IsObject()
  criteria?: Record<string, unknown>;

  @ApiPropertyOptional({
    example: false,
    default: false,
    description: 'Whether entering and leaving the segment are to be events of their own.',
  })
  @Optional()
  @IsBoolean()
  watched?: boolean;
}

/** What to change of a pool: an absent field stays, null clears, lists and criteria are replaced as a whole. */
export class ChangePoolDto {
  @ApiPropertyOptional({ example: 'Backend engineers', maxLength: poolLimits.name })
  @OptionalText(poolLimits.name)
  name?: string;

  @ApiPropertyOptional({
    type: String,
    example: 'Payments team, this year',
    maxLength: poolLimits.purpose,
    nullable: true,
  })
  @OptionalOrNull()
  @Text(poolLimits.purpose)
  purpose?: string | null;

  @ApiPropertyOptional({ type: String, example: 'team-4', nullable: true })
  @OptionalOrNull()
  @OpaqueId()
  owner?: string | null;

  @ApiPropertyOptional({ type: 'integer', example: 300, minimum: 1, maximum: poolLimits.targetSize, nullable: true })
  @OptionalOrNull()
  @TargetSize()
  targetSize?: number | null;

  @ApiPropertyOptional({
    type: [String],
    example: ['new', 'contacted'],
    maxItems: poolLimits.stages,
    description: 'Who is in a stage that goes keeps it until they are moved.',
  })
  @Optional()
  @Words(poolLimits.stages, poolLimits.stage)
  stages?: string[];

  @ApiPropertyOptional({ type: Object, example: criteria, description: criteriaDescription })
  @Optional()
  @IsObject()
  criteria?: Record<string, unknown>;

  @ApiPropertyOptional({ example: true })
  @Optional()
  @IsBoolean()
  watched?: boolean;
}

/** Nobody is added any more. */
export class ClosePoolDto {
  @ApiPropertyOptional({ example: 'position-filled', maxLength: 60, pattern: CODE.source, description: 'A code.' })
  @OptionalCode()
  reason?: string;
}
