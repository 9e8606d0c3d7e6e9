import { Optional } from '#libs/http';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { MAX_TEXT, OptionalOpaqueId, OptionalText, Years } from '../requests/fields.js';
import { ListOf, One, Words } from '../requests/nested.js';
import { CustomValues } from '../custom-fields/custom-values.js';
import { ContactPointDto, ExternalIdDto, LocationDto, NameDto, SkillDto, SourceDto } from './candidate-parts.dto.js';
import { IsIdentified } from './identified.js';

/** A person to keep in touch with. */
export class AddCandidateDto {
  @ApiPropertyOptional({ type: NameDto, description: 'A name, a contact point or an external id is needed.' })
  @IsIdentified()
  @One(() => NameDto)
  name?: NameDto;

  @ApiPropertyOptional({ example: 'Software engineer', maxLength: 200 })
  @OptionalText(200)
  title?: string;

  @ApiPropertyOptional({ example: 'Analytical Engines Ltd', maxLength: 200 })
  @OptionalText(200)
  employer?: string;

  @ApiPropertyOptional({ example: 'Wrote the first published algorithm.', maxLength: MAX_TEXT })
  @OptionalText(MAX_TEXT)
  summary?: string;

  @ApiPropertyOptional({ example: 12, minimum: 0, maximum: 80 })
  @Optional()
  @Years()
  experienceYears?: number;

  @ApiPropertyOptional({ type: [ContactPointDto], maxItems: 50 })
  @Optional()
  @ListOf(() => ContactPointDto, 50)
  contactPoints?: ContactPointDto[];

  @ApiPropertyOptional({ type: [SkillDto], maxItems: 300 })
  @Optional()
  @ListOf(() => SkillDto, 300)
  skills?: SkillDto[];

  @ApiPropertyOptional({ type: LocationDto })
  @Optional()
  @One(() => LocationDto)
  location?: LocationDto;

  @ApiPropertyOptional({
    type: [String],
    example: ['backend'],
    maxItems: 100,
    description: 'Standing interests. For one that was expressed at a known time, record `interest.expressed`.',
  })
  @Optional()
  @Words(100, 100)
  interests?: string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['silver-medalist'],
    maxItems: 200,
    description: 'Tags from the controlled list are stored in the clear, others sealed.',
  })
  @Optional()
  @Words(200, 100)
  tags?: string[];

  @ApiPropertyOptional({ type: SourceDto })
  @Optional()
  @One(() => SourceDto)
  source?: SourceDto;

  @ApiPropertyOptional({ example: 'user-17', description: 'Opaque id of the user or team who owns the relationship.' })
  @OptionalOpaqueId()
  owner?: string;

  @CustomValues()
  customFields?: Record<string, unknown>;

  @ApiPropertyOptional({ type: [ExternalIdDto], maxItems: 50 })
  @Optional()
  @ListOf(() => ExternalIdDto, 50)
  externalIds?: ExternalIdDto[];
}
