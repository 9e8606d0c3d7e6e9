import { Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { facetNames, type FacetName } from '#projections/talent-search';
import { OptionalOne } from '../nested.js';
import { MAX_CURSOR } from '../page.dto.js';
import { CandidateDocument } from './candidate.dto.js';
import {
  ExperienceCriterion,
  InterestCriterion,
  LastContactCriterion,
  LocationCriterion,
  SkillsCriterion,
  SourceCriterion,
  TagsCriterion,
} from './search-criteria.dto.js';

export const searchSorts = ['relevance', 'name', 'warmth', 'last-contact', 'added', 'experience'] as const;

/** Of what is recorded but doesn't change the answer. */
const SAID_WITH_IT = 'What the search is for. Recorded with it; changes nothing that is found.';

export class SearchSort {
  @ApiProperty({ enum: searchSorts, example: 'last-contact', description: 'relevance only together with text.' })
  @IsIn(searchSorts)
  by!: (typeof searchSorts)[number];

  @ApiPropertyOptional({
    enum: ['asc', 'desc'],
    example: 'desc',
    description: 'Candidates without a value come last either way.',
  })
  @Optional()
  @IsIn(['asc', 'desc'])
  direction?: 'asc' | 'desc';
}

export class SearchRequest {
  @ApiPropertyOptional({
    example: 'sofware enginer austin',
    maxLength: 200,
    description:
      'Anywhere in name, title, employer, skills, city, tags and interests; forgives typing errors and accents.',
  })
  @Optional()
  @Text(200)
  text?: string;

  @ApiPropertyOptional({
    example: 'software engineer',
    maxLength: 200,
    description: 'Words of the title; also finds "Senior Software Engineers".',
  })
  @Optional()
  @Text(200)
  title?: string;

  @ApiPropertyOptional({ type: SkillsCriterion })
  @OptionalOne(() => SkillsCriterion)
  skills?: SkillsCriterion;

  @ApiPropertyOptional({ type: TagsCriterion })
  @OptionalOne(() => TagsCriterion)
  tags?: TagsCriterion;

  @ApiPropertyOptional({ type: LocationCriterion })
  @OptionalOne(() => LocationCriterion)
  location?: LocationCriterion;

  @ApiPropertyOptional({ type: InterestCriterion })
  @OptionalOne(() => InterestCriterion)
  interest?: InterestCriterion;

  @ApiPropertyOptional({ type: SourceCriterion })
  @OptionalOne(() => SourceCriterion)
  source?: SourceCriterion;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'user-17',
    maxLength: 100,
    description: 'null: nobody owns them.',
  })
  @ValidateIf((_request, owner) => owner !== undefined && owner !== null)
  @Text(100)
  owner?: string | null;

  @ApiPropertyOptional({ type: LastContactCriterion })
  @OptionalOne(() => LastContactCriterion)
  lastHumanContact?: LastContactCriterion;

  @ApiPropertyOptional({ type: ExperienceCriterion })
  @OptionalOne(() => ExperienceCriterion)
  experienceYears?: ExperienceCriterion;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: {
      and: [
        { title: 'software engineers' },
        {
          happened: {
            kinds: ['interest.expressed'],
            topic: 'backend',
            ago: { from: { months: 12 }, to: { months: 6 } },
          },
        },
        { not: { attribute: 'band', is: ['dormant'] } },
      ],
    },
    description: 'Any criteria, as `GET /v1/schemas/criteria` describes them; the same as of segments.',
  })
  @Optional()
  @IsObject()
  where?: Record<string, unknown>;

  @ApiPropertyOptional({ type: SearchSort, description: 'By relevance where there is a text, else by name.' })
  @OptionalOne(() => SearchSort)
  sort?: SearchSort;

  @ApiPropertyOptional({ type: Number, example: 50, minimum: 1, maximum: 200, default: 50 })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @ApiPropertyOptional({ example: 'Shortlist for the platform team', maxLength: 200, description: SAID_WITH_IT })
  @Optional()
  @Text(200)
  purpose?: string;

  @ApiPropertyOptional({ example: 'req-104', maxLength: 100, description: SAID_WITH_IT })
  @Optional()
  @Text(100)
  requisitionId?: string;

  @ApiPropertyOptional({
    example: 'eyJ2IjoxfQ',
    description: '`nextCursor` of the page before, with the same criteria and sort.',
  })
  @Optional()
  @IsString()
  @MaxLength(MAX_CURSOR)
  cursor?: string;

  @ApiPropertyOptional({
    type: Boolean,
    example: true,
    default: false,
    description: 'Whether to count all that the search finds.',
  })
  @Optional()
  @IsBoolean()
  total = false;

  @ApiPropertyOptional({
    enum: facetNames,
    isArray: true,
    example: ['city', 'skills'],
    maxItems: facetNames.length,
    description: 'How all that the search finds divide up by these.',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(facetNames.length)
  @ArrayUnique()
  @IsIn(facetNames, { each: true })
  facets?: FacetName[];

  @ApiPropertyOptional({
    type: Boolean,
    example: true,
    default: false,
    description: 'Whether to say which words of a candidate have to do with the text or the title searched for.',
  })
  @Optional()
  @IsBoolean()
  highlight = false;
}

export class HighlightDocument {
  @ApiProperty({ example: 'title' })
  field!: string;

  @ApiProperty({ example: 'Senior Software Engineer' })
  value!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
    example: [[7, 15]],
    description: 'From and to (excluded), in UTF-16 code units.',
  })
  ranges!: [number, number][];
}

export class FoundCandidateDocument extends CandidateDocument {
  @ApiPropertyOptional({ type: [HighlightDocument], description: 'If asked for.' })
  highlights?: HighlightDocument[];
}

export class FacetValueDocument {
  @ApiProperty({ example: 'austin', description: 'As criteria take it.' })
  value!: string;

  @ApiProperty({ example: 'Austin', description: 'As people read it.' })
  label!: string;

  @ApiProperty({ example: 17 })
  count!: number;
}

export class FacetDocument {
  @ApiProperty({ enum: facetNames, example: 'city' })
  facet!: FacetName;

  @ApiProperty({ type: [FacetValueDocument], description: 'The 20 commonest.' })
  values!: FacetValueDocument[];
}

export class CandidatePage {
  @ApiProperty({ type: [FoundCandidateDocument] })
  items!: FoundCandidateDocument[];

  @ApiProperty({ type: String, nullable: true, example: null, description: 'For the next page; null at the end.' })
  nextCursor!: string | null;

  @ApiPropertyOptional({ example: 132, description: 'How many there are in all, if asked for.' })
  total?: number;

  @ApiPropertyOptional({ type: [FacetDocument], description: 'If asked for.' })
  facets?: FacetDocument[];
}
