import { fitGrades, fitModelRefPattern, type FitGrade } from '#libs/fit';
import { Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  Matches,
  ValidateIf,
} from 'class-validator';
import { OptionalOne } from './nested.js';
import {
  ExperienceCriterion,
  InterestCriterion,
  LastContactCriterion,
  LocationCriterion,
  NearCriterion,
  SkillsCriterion,
  SourceCriterion,
  TagsCriterion,
} from './search-criteria.dto.js';

export const searchSorts = ['relevance', 'name', 'warmth', 'fit', 'last-contact', 'added', 'experience'] as const;

/** By what a search's answer can say how all that it finds divide up. */
export const facetNames = [
  'city',
  'country',
  'employer',
  'owner',
  'source',
  'sourceName',
  'availability',
  'experience',
  'occupations',
  'skills',
  'tags',
  'interests',
  'languages',
] as const;
export type FacetName = (typeof facetNames)[number];

export class SearchSort {
  @ApiProperty({
    enum: searchSorts,
    example: 'last-contact',
    description: 'relevance only together with text, fit only together with a model.',
  })
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

/** How well people fit a kind of role, by a model. */
export class FitCriterion {
  @ApiProperty({
    example: 'backend-engineer',
    pattern: fitModelRefPattern.source,
    description: 'A fit model; its latest version, unless one is named as in `backend-engineer.2`.',
  })
  @Matches(fitModelRefPattern)
  model!: string;

  @ApiPropertyOptional({
    enum: fitGrades,
    isArray: true,
    example: ['A', 'B'],
    minItems: 1,
    maxItems: fitGrades.length,
    description: 'Only those with one of these grades; all, unless given.',
  })
  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(fitGrades.length)
  @ArrayUnique()
  @IsIn(fitGrades, { each: true })
  grades?: FitGrade[];
}

/** Whom a search means and in which order it shows them: what stays the same however often it runs. */
export class AskedSearch {
  @ApiPropertyOptional({
    example: 'sofware enginer austin',
    maxLength: 200,
    description:
      'Words, at most 12, each anywhere in name, title, employer, skills, city, tags and interests; forgives typing errors and accents.',
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

  @ApiPropertyOptional({
    type: NearCriterion,
    description: 'A city that there is not, or that may be several, is refused with what to say beside it.',
  })
  @OptionalOne(() => NearCriterion)
  near?: NearCriterion;

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

  @ApiPropertyOptional({ type: FitCriterion, description: 'By which model each is to be told how well they fit.' })
  @OptionalOne(() => FitCriterion)
  fit?: FitCriterion;

  @ApiPropertyOptional({ type: SearchSort, description: 'By relevance where there is a text, else by name.' })
  @OptionalOne(() => SearchSort)
  sort?: SearchSort;

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
}
