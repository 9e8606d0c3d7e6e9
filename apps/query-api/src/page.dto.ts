import { Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { AfterQuery } from './freshness/after.dto.js';

export const MAX_CURSOR = 2_000;

/** What every read of a list takes. */
export class PageQuery extends AfterQuery {
  @ApiPropertyOptional({ type: Number, example: 50, minimum: 1, maximum: 200, default: 50 })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @ApiPropertyOptional({ example: 'eyJ2IjoxfQ', description: '`nextCursor` of the page before, unchanged.' })
  @Optional()
  @IsString()
  @MaxLength(MAX_CURSOR)
  cursor?: string;
}

/** On what a page of a list answers beside its items. */
export const NextCursor = (): PropertyDecorator =>
  ApiProperty({ type: String, nullable: true, example: null, description: 'For the next page; null at the end.' });
