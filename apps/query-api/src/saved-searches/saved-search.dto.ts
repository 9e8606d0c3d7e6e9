import { Optional, Text } from '#libs/http';
import { savedSearchLimits, searchOwnerKinds } from '#libs/saved-searches';
import { AskedSearch } from '#libs/search-request';
import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { SearchRequest } from '../candidates/search-candidates.dto.js';
import { NextCursor, PageQuery } from '../page.dto.js';

export class SavedSearchesQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'team-4', maxLength: 100, description: 'Only those of this person or team.' })
  @Optional()
  @Text(100)
  owner?: string;
}

export class SavedSearchOwnerDocument {
  @ApiProperty({ enum: searchOwnerKinds, example: 'team' })
  kind!: 'person' | 'team';

  @ApiProperty({ example: 'team-4', description: 'Opaque.' })
  id!: string;
}

export class SavedSearchDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5f' })
  id!: string;

  @ApiProperty({ example: 0, description: 'What If-Match takes.' })
  revision!: number;

  @ApiProperty({ example: 'Backend, Austin, a year ago', maxLength: savedSearchLimits.name })
  name!: string;

  @ApiProperty({ type: SavedSearchOwnerDocument, nullable: true })
  owner!: SavedSearchOwnerDocument | null;

  @ApiProperty({ example: true, description: 'Whether others than its caller and admins may see it.' })
  shared!: boolean;

  @ApiProperty({ example: '3f2a9c0d1e4b5a67', description: 'Opaque id of the caller who saved it.' })
  savedBy!: string;

  @ApiProperty({ type: AskedSearch, nullable: true, description: 'Null where it was erased.' })
  search!: object | null;

  @ApiProperty({ type: String, nullable: true, example: 'Payments team, next year' })
  purpose!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'req-104' })
  requisitionId!: string | null;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  savedAt!: string;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  changedAt!: string;
}

export class SavedSearchPage {
  @ApiProperty({ type: [SavedSearchDocument] })
  items!: SavedSearchDocument[];

  @NextCursor()
  nextCursor!: string | null;
}

/** What a run says beside what was saved, and instead of it: sort, fit, facets, purpose and requisition. */
export class RunSavedSearchRequest extends PickType(SearchRequest, [
  'sort',
  'limit',
  'cursor',
  'total',
  'facets',
  'highlight',
  'fit',
  'fitGrid',
  'purpose',
  'requisitionId',
]) {}
