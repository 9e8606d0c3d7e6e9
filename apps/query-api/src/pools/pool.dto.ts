import { Optional, Text } from '#libs/http';
import { poolKinds, poolLimits, type PoolKind } from '#libs/pools';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { NextCursor, PageQuery } from '../page.dto.js';
import { BooleanParameter } from '../boolean-parameter.js';

export class PoolsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'team-4', maxLength: 100, description: 'Only those that this user or team owns.' })
  @Optional()
  @Text(100)
  owner?: string;

  @ApiPropertyOptional({ enum: poolKinds, example: 'static' })
  @Optional()
  @IsIn(poolKinds)
  kind?: PoolKind;

  @ApiPropertyOptional({ type: Boolean, example: false, description: 'Only those that are closed, or that are not.' })
  @Optional()
  @BooleanParameter()
  closed?: boolean;
}

export class PoolDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c' })
  id!: string;

  @ApiProperty({ example: 0, description: "Of the pool's own stream; what If-Match takes." })
  revision!: number;

  @ApiProperty({ example: 'Backend engineers in Austin', maxLength: poolLimits.name })
  name!: string;

  @ApiProperty({ enum: poolKinds, example: 'static' })
  kind!: PoolKind;

  @ApiProperty({ type: String, nullable: true, example: 'Payments team, next year' })
  purpose!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'team-4' })
  owner!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 200 })
  targetSize!: number | null;

  @ApiProperty({ type: [String], example: ['new', 'contacted'], description: 'In order.' })
  stages!: string[];

  @ApiProperty({
    type: Object,
    nullable: true,
    example: { attribute: 'city', is: ['Austin'] },
    description: 'Of a segment.',
  })
  criteria!: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ example: false })
  watched!: boolean;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  openedAt!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  closedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'A code.' })
  closedReason!: string | null;
}

export class PoolPage {
  @ApiProperty({ type: [PoolDocument] })
  items!: PoolDocument[];

  @NextCursor()
  nextCursor!: string | null;
}

export class PoolHealthDocument {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ example: 140, description: 'Who is in.' })
  size!: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 200 })
  targetSize!: number | null;

  @ApiProperty({ example: true, description: 'Whether a user or team looks after it.' })
  owned!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-02-12T09:30:00.000Z',
    description: 'When we last turned to any member: an email, a call, a meeting, an invitation, something shared.',
  })
  lastTouchAt!: string | null;

  @ApiProperty({ example: 61, description: 'Members whom we turned to in the last 90 days.' })
  reached!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0.435714,
    description: 'Of all members; null where there is none.',
  })
  reachedShare!: number | null;

  @ApiProperty({ example: 22, description: 'Members of whom there was an act of their own in the last 90 days.' })
  heardFrom!: number;

  @ApiProperty({ example: 12, description: 'Members whose relationship nobody owns.' })
  withoutOwner!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 17,
    description: 'Members who are cold or dormant and were hot or warm 90 days ago; null in a pool of more than 2,000.',
  })
  grownCold!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 58,
    description: 'Members who are cold or dormant; null in a pool of more than 2,000.',
  })
  cold!: number | null;
}
