import { Optional, OptionalOrNull, Text } from '#libs/http';
import { savedSearchLimits, searchOwnerKinds } from '#libs/saved-searches';
import { AskedSearch } from '#libs/search-request';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { OpaqueId, OptionalOpaqueId, OptionalText } from '../requests/fields.js';
import { One } from '../requests/nested.js';

const searchExample = {
  title: 'software engineer',
  location: { city: 'Austin' },
  interest: { name: 'backend', expressedMonthsAgo: { from: 12, to: 6 } },
};
const ownerExample = { kind: 'team', id: 'team-4' };
const shared = {
  example: true,
  description: 'Whether others may see it, run it and change it. Otherwise only its caller does, and admins.',
};

export class SavedSearchOwnerDto {
  @ApiProperty({ enum: searchOwnerKinds, example: 'team' })
  @IsIn(searchOwnerKinds)
  kind!: (typeof searchOwnerKinds)[number];

  @ApiProperty({ example: 'team-4', description: 'Opaque.' })
  @OpaqueId()
  id!: string;
}

/** A search to be run again. What's typed in it is encrypted in the log. */
export class SaveSearchDto {
  @ApiProperty({ example: 'Backend, Austin, a year ago', maxLength: savedSearchLimits.name })
  @Text(savedSearchLimits.name)
  name!: string;

  @ApiPropertyOptional({ type: SavedSearchOwnerDto, example: ownerExample, description: 'Who looks after it.' })
  @Optional()
  @One(() => SavedSearchOwnerDto)
  owner?: SavedSearchOwnerDto;

  @ApiPropertyOptional({ ...shared, default: false })
  @Optional()
  @IsBoolean()
  shared?: boolean;

  @ApiProperty({
    type: AskedSearch,
    example: searchExample,
    description: 'As a search takes it. Windows such as "6 to 12 months ago" move on: they count from each run.',
  })
  @One(() => AskedSearch)
  search!: AskedSearch;

  @ApiPropertyOptional({
    example: 'Payments team, next year',
    maxLength: savedSearchLimits.purpose,
    description: 'What it is for: recorded with each run that says nothing else.',
  })
  @OptionalText(savedSearchLimits.purpose)
  purpose?: string;

  @ApiPropertyOptional({ example: 'req-104', description: 'Likewise.' })
  @OptionalOpaqueId()
  requisitionId?: string;
}

/** What to change of a saved search: an absent field stays, null clears, the search is replaced as a whole. */
export class ChangeSavedSearchDto {
  @ApiPropertyOptional({ example: 'Backend, Texas', maxLength: savedSearchLimits.name })
  @OptionalText(savedSearchLimits.name)
  name?: string;

  @ApiPropertyOptional({ type: SavedSearchOwnerDto, example: ownerExample, nullable: true })
  @OptionalOrNull()
  @One(() => SavedSearchOwnerDto)
  owner?: SavedSearchOwnerDto | null;

  @ApiPropertyOptional(shared)
  @Optional()
  @IsBoolean()
  shared?: boolean;

  @ApiPropertyOptional({ type: AskedSearch, example: searchExample })
  @Optional()
  @One(() => AskedSearch)
  search?: AskedSearch;

  @ApiPropertyOptional({
    type: String,
    example: 'Payments team, this year',
    maxLength: savedSearchLimits.purpose,
    nullable: true,
  })
  @OptionalOrNull()
  @Text(savedSearchLimits.purpose)
  purpose?: string | null;

  @ApiPropertyOptional({ type: String, example: 'req-105', nullable: true })
  @OptionalOrNull()
  @OpaqueId()
  requisitionId?: string | null;
}
