import { IsInstant, Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayUnique, IsIn, IsInt, Max, Min } from 'class-validator';
import { CommaList } from '../comma-list.js';
import { AfterQuery } from '../freshness/after.dto.js';

export const funnelDimensions = ['source', 'role'] as const;
export type FunnelDimension = (typeof funnelDimensions)[number];

/** Ten years. */
const MAX_DAYS = 3_653;

export class FunnelQuery extends AfterQuery {
  @ApiPropertyOptional({
    example: '2025-01-01',
    description: 'Applications from this time on; ISO 8601 with an offset, or a date.',
  })
  @Optional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ example: '2026-01-01', description: 'Applications before this time.' })
  @Optional()
  @IsInstant()
  to?: string;

  @ApiPropertyOptional({
    type: String,
    example: 'source,role',
    description: 'What to group by: source, role, or both between commas. One group of all, unless given.',
  })
  @Optional()
  @CommaList()
  @IsIn(funnelDimensions, { each: true })
  @ArrayUnique()
  by: FunnelDimension[] = [];

  @ApiPropertyOptional({
    example: 90,
    minimum: 1,
    maximum: MAX_DAYS,
    description:
      'Counts a stage only if it was reached within this many days of the application; ever, unless given. Leaves out ' +
      'applications whose dates nobody knows.',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_DAYS)
  within?: number;
}

export class ReachedDocument {
  @ApiProperty({ example: 1251, description: 'All who entered.' })
  applied!: number;

  @ApiProperty({ example: 1036 })
  screened!: number;

  @ApiProperty({ example: 546 })
  interviewed!: number;

  @ApiProperty({ example: 198 })
  offered!: number;

  @ApiProperty({ example: 141 })
  hired!: number;
}

export class ConversionDocument {
  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0.712121,
    description: 'Of those who reached the stage before, to six places; null where nobody did.',
  })
  fromPrevious!: number | null;

  @ApiProperty({ type: Number, nullable: true, example: 0.11271, description: 'Of all who entered.' })
  fromEntered!: number | null;
}

export class ConversionsDocument {
  @ApiProperty({ type: ConversionDocument })
  screened!: ConversionDocument;

  @ApiProperty({ type: ConversionDocument })
  interviewed!: ConversionDocument;

  @ApiProperty({ type: ConversionDocument })
  offered!: ConversionDocument;

  @ApiProperty({ type: ConversionDocument })
  hired!: ConversionDocument;
}

export class FunnelGroupDocument {
  @ApiPropertyOptional({ example: 'LinkedIn', description: 'Where grouped by source.' })
  source?: string;

  @ApiPropertyOptional({ example: 'Backend Engineer', description: 'Where grouped by role.' })
  role?: string;

  @ApiProperty({ type: ReachedDocument, description: 'Applications that reached each stage.' })
  reached!: ReachedDocument;

  @ApiProperty({ example: 702, description: 'Applications that were rejected, at whatever stage.' })
  rejected!: number;

  @ApiProperty({ example: 14, description: 'Applications that the candidate ended.' })
  withdrawn!: number;

  @ApiProperty({ type: ConversionsDocument })
  conversion!: ConversionsDocument;
}

export class FunnelDocument {
  @ApiProperty({ type: [FunnelGroupDocument], description: 'Largest group first.' })
  items!: FunnelGroupDocument[];
}
