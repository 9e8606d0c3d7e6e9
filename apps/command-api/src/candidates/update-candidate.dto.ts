import { Optional, OptionalOrNull, Text } from '#libs/http';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { MAX_TEXT, OpaqueId, Years } from '../requests/fields.js';
import { ListOf, One, Words } from '../requests/nested.js';
import { CustomValues } from '../custom-fields/custom-values.js';
import { ContactPointDto, ExternalIdDto, LocationDto, NameDto, SkillDto, SourceDto } from './candidate-parts.dto.js';

/** What to change of a candidate: an absent field stays, null clears, lists and objects are replaced as a whole. */
export class UpdateCandidateDto {
  @ApiPropertyOptional({ type: NameDto, nullable: true })
  @OptionalOrNull()
  @One(() => NameDto)
  name?: NameDto | null;

  @ApiPropertyOptional({ type: String, example: 'Staff engineer', maxLength: 200, nullable: true })
  @OptionalOrNull()
  @Text(200)
  title?: string | null;

  @ApiPropertyOptional({ type: String, example: 'Analytical Engines Ltd', maxLength: 200, nullable: true })
  @OptionalOrNull()
  @Text(200)
  employer?: string | null;

  @ApiPropertyOptional({ type: String, example: 'Looks for a lead role.', maxLength: MAX_TEXT, nullable: true })
  @OptionalOrNull()
  @Text(MAX_TEXT)
  summary?: string | null;

  @ApiPropertyOptional({ type: Number, example: 13, minimum: 0, maximum: 80, nullable: true })
  @OptionalOrNull()
  @Years()
  experienceYears?: number | null;

  @ApiPropertyOptional({ type: LocationDto, nullable: true })
  @OptionalOrNull()
  @One(() => LocationDto)
  location?: LocationDto | null;

  @ApiPropertyOptional({ type: [ContactPointDto], maxItems: 50, nullable: true })
  @OptionalOrNull()
  @ListOf(() => ContactPointDto, 50)
  contactPoints?: ContactPointDto[] | null;

  @ApiPropertyOptional({ type: [SkillDto], maxItems: 300, nullable: true })
  @OptionalOrNull()
  @ListOf(() => SkillDto, 300)
  skills?: SkillDto[] | null;

  @ApiPropertyOptional({ type: [String], example: ['backend', 'platform'], maxItems: 100, nullable: true })
  @OptionalOrNull()
  @Words(100, 100)
  interests?: string[] | null;

  @ApiPropertyOptional({ type: [String], example: ['silver-medalist'], maxItems: 200, nullable: true })
  @OptionalOrNull()
  @Words(200, 100)
  tags?: string[] | null;

  @CustomValues({ clearable: true })
  customFields?: Record<string, unknown>;

  @ApiPropertyOptional({ type: [ExternalIdDto], maxItems: 50, description: 'Added to those that are known.' })
  @Optional()
  @ListOf(() => ExternalIdDto, 50)
  externalIds?: ExternalIdDto[];

  @ApiPropertyOptional({ type: String, example: 'user-17', nullable: true })
  @OptionalOrNull()
  @OpaqueId()
  owner?: string | null;

  @ApiPropertyOptional({ type: SourceDto, description: 'Cannot be cleared.' })
  @Optional()
  @One(() => SourceDto)
  source?: SourceDto;
}
