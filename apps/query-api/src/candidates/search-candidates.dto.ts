import { Optional, Text } from '#libs/http';
import { AskedSearch, facetNames, type FacetName } from '#libs/search-request';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { MAX_CURSOR, NextCursor } from '../page.dto.js';
import { SeenPastDocument } from '../past-states/past-state.dto.js';
import { FitGridDocument, FitSummaryDocument } from '../fit/fit.dto.js';
import { CandidateDocument } from './candidate.dto.js';

/** Of what is recorded but doesn't change the answer. */
const SAID_WITH_IT = 'What the search is for. Recorded with it; changes nothing that is found.';

export class SearchRequest extends AskedSearch {
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
    type: Boolean,
    example: true,
    default: false,
    description: 'Whether to say which words of a candidate have to do with the text or the title searched for.',
  })
  @Optional()
  @IsBoolean()
  highlight = false;

  @ApiPropertyOptional({
    type: Boolean,
    example: true,
    description: 'Whether to count all that is found by grade of fit and band of engagement. Only together with fit.',
  })
  @Optional()
  @IsBoolean()
  fitGrid?: boolean;
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

  @ApiPropertyOptional({ type: FitSummaryDocument, description: 'If a fit model was named.' })
  fit?: FitSummaryDocument;
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

  @NextCursor()
  nextCursor!: string | null;

  @ApiPropertyOptional({ example: 132, description: 'How many there are in all, if asked for.' })
  total?: number;

  @ApiPropertyOptional({ type: SeenPastDocument, description: 'Of a search as of a past moment.' })
  past?: SeenPastDocument;

  @ApiPropertyOptional({ type: [FacetDocument], description: 'If asked for.' })
  facets?: FacetDocument[];

  @ApiPropertyOptional({ type: FitGridDocument, description: 'If asked for.' })
  fitGrid?: FitGridDocument;
}
