import { fitGrades, fitModelRefPattern, type FitGrade } from '#libs/fit';
import { IsInstant, Optional } from '#libs/http';
import { bands, type Band } from '#libs/scoring';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { RecordedQuery } from '../past/past.dto.js';
import { FIT_MODEL } from './fit-model.dto.js';

export class FitQuery extends RecordedQuery {
  @ApiProperty(FIT_MODEL)
  @Matches(fitModelRefPattern)
  model!: string;

  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description:
      'How well they fit by what had happened by this time; now, unless given. ISO 8601 with an offset, or a date.',
  })
  @Optional()
  @IsInstant()
  at?: string;
}

/** How well somebody fits, without what it's made of. */
export class FitSummaryDocument {
  @ApiProperty({ type: 'integer', example: 75, description: 'The points of the rules that are met.' })
  score!: number;

  @ApiProperty({ enum: fitGrades, example: 'B' })
  grade!: FitGrade;

  @ApiProperty({ example: false, description: 'Whether a rule isn’t met that must be: then the grade is D.' })
  lacksMust!: boolean;
}

export class KnownDocument {
  @ApiProperty({ example: 'skills' })
  attribute!: string;

  @ApiProperty({ type: [String], example: ['SQL', 'Go'], description: 'As it was told; none where nothing is known.' })
  values!: string[];

  @ApiPropertyOptional({ example: 12.4, description: 'From the place that the rule names.' })
  kilometres?: number;
}

export class FitConditionDocument {
  @ApiProperty({ example: '/and/0', description: 'Where it stands in the rule’s criteria: a JSON pointer.' })
  pointer!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { attribute: 'skills', is: ['SQL'] } })
  condition!: object;

  @ApiProperty({ example: true })
  holds!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2025-11-30T09:30:00.000Z',
    description: 'Since when it’s so.',
  })
  since!: string | null;

  @ApiProperty({ type: KnownDocument, description: 'What of the person it went by.' })
  known!: KnownDocument;
}

export class FitRuleDocument {
  @ApiProperty({ example: 'SQL' })
  label!: string;

  @ApiProperty({ type: 'integer', example: 20, description: 'For whoever meets it.' })
  points!: number;

  @ApiProperty({ example: true, description: 'Whoever doesn’t meet it is graded D.' })
  must!: boolean;

  @ApiProperty({ example: true })
  met!: boolean;

  @ApiProperty({ type: 'integer', example: 20, description: 'The values of all rules add up to the score.' })
  value!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2025-11-30T09:30:00.000Z',
    description: 'Since when it’s been so; null: as long as they’ve been known.',
  })
  since!: string | null;

  @ApiProperty({ type: [FitConditionDocument] })
  conditions!: FitConditionDocument[];
}

export class FitVariationDocument {
  @ApiProperty({ example: 'Five years' })
  label!: string;

  @ApiProperty({ example: true, description: 'Whether the rule would be met.' })
  met!: boolean;

  @ApiProperty({ type: 'integer', example: 100 })
  score!: number;

  @ApiProperty({ enum: fitGrades, example: 'A' })
  grade!: FitGrade;
}

export class FitWayUpDocument {
  @ApiProperty({ enum: fitGrades, example: 'A' })
  grade!: FitGrade;

  @ApiProperty({ type: 'integer', example: 5, description: 'Points short of it; 0 where only a must is lacking.' })
  missingPoints!: number;

  @ApiProperty({ type: [String], example: ['Five years'], description: 'As few of the unmet rules as lead to it.' })
  labels!: string[];
}

export class FitDocument extends FitSummaryDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({ example: 'backend-engineer.2', description: 'The model that it was made by.' })
  model!: string;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ type: 'integer', example: 100, description: 'The points of all rules.' })
  most!: number;

  @ApiProperty({ type: [FitRuleDocument], description: 'In the order of the model.' })
  rules!: FitRuleDocument[];

  @ApiProperty({ type: [FitVariationDocument], description: 'What each rule alone would change, the other way round.' })
  variations!: FitVariationDocument[];

  @ApiProperty({ type: [FitWayUpDocument], description: 'What each better grade lacks, the nearest first.' })
  waysUp!: FitWayUpDocument[];
}

export class FitCellDocument {
  @ApiProperty({ enum: fitGrades, example: 'A' })
  grade!: FitGrade;

  @ApiProperty({ enum: bands, example: 'warm' })
  band!: Band;

  @ApiProperty({ type: 'integer', example: 17 })
  count!: number;
}

/** Fit and engagement side by side: no number says both. */
export class FitGridDocument {
  @ApiProperty({ example: 'backend-engineer.2' })
  model!: string;

  @ApiProperty({ type: 'integer', example: 3, description: 'The scoring model that the bands are by.' })
  scoringModel!: number;

  @ApiProperty({ type: [FitCellDocument], description: 'Every grade and band, the best first, empty ones too.' })
  cells!: FitCellDocument[];
}
