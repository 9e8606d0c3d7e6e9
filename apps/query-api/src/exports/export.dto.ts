import { Optional, Text } from '#libs/http';
import { AskedSearch, OptionalOne, SearchSort } from '#libs/search-request';
import { ApiProperty, ApiPropertyOptional, IntersectionType, OmitType } from '@nestjs/swagger';
import { CUSTOM_FIELD_KEY, MOST_CUSTOM_FIELDS } from '#libs/candidates';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, Matches } from 'class-validator';
import { exportColumns, type ExportColumn } from './export-columns.js';
import { exportFormats, type ExportFormat } from './export-format.js';

const MOST_COLUMNS = exportColumns.length + MOST_CUSTOM_FIELDS;
const customColumn = `^custom:${CUSTOM_FIELD_KEY.slice(1)}`;
const anyColumn = new RegExp(`^(${exportColumns.join('|')})$|${customColumn}`);

/** How an export is to look, and what it's for. */
export class ExportOptions {
  @ApiProperty({ enum: exportFormats, example: 'csv' })
  @IsIn(exportFormats)
  format!: ExportFormat;

  @ApiPropertyOptional({
    type: 'array',
    items: {
      anyOf: [
        { type: 'string', enum: [...exportColumns] },
        { type: 'string', pattern: customColumn, example: 'custom:visa' },
      ],
    },
    example: ['id', 'name', 'title', 'city', 'emails', 'custom:visa'],
    minItems: 1,
    maxItems: MOST_COLUMNS,
    description: 'In this order; `custom:` and a key is a custom field. Unless given, all but those of custom fields.',
  })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_COLUMNS)
  @ArrayUnique()
  @Matches(anyColumn, {
    each: true,
    message: `must be of ${exportColumns.join(', ')}, or custom: and the key of a custom field`,
  })
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
