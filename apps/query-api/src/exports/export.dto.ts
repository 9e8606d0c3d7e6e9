import { Optional, Text } from '#libs/http';
import { AskedSearch, OptionalOne, SearchSort } from '#libs/search-request';
import { ApiProperty, ApiPropertyOptional, IntersectionType, OmitType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { exportColumns, type ExportColumn } from './export-columns.js';
import { exportFormats, type ExportFormat } from './export-format.js';

/** How an export is to look, and what it's for. */
export class ExportOptions {
  @ApiProperty({ enum: exportFormats, example: 'csv' })
  @IsIn(exportFormats)
  format!: ExportFormat;

  @ApiPropertyOptional({
    enum: exportColumns,
    isArray: true,
    example: ['id', 'name', 'title', 'city', 'emails'],
    minItems: 1,
    maxItems: exportColumns.length,
    description: 'In this order; all of them, unless given.',
  })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(exportColumns.length)
  @ArrayUnique()
  @IsIn(exportColumns, { each: true })
  columns?: ExportColumn[];

  @ApiProperty({
    example: 'Invitations to the spring fair',
    maxLength: 200,
    description: 'What the export is for. Recorded with it.',
  })
  @Text(200)
  purpose!: string;

  @ApiPropertyOptional({ example: 'req-104', maxLength: 100, description: 'Recorded with it.' })
  @Optional()
  @Text(100)
  requisitionId?: string;
}

/** Everybody whom a search finds. */
export class ExportSearchRequest extends IntersectionType(OmitType(AskedSearch, ['facets']), ExportOptions) {}

/** Everybody whom something that's kept means: a saved search, a pool or a segment. */
export class ExportKeptRequest extends ExportOptions {
  @ApiPropertyOptional({ type: SearchSort, description: 'By name, or as the search was saved, unless given.' })
  @OptionalOne(() => SearchSort)
  sort?: SearchSort;
}
