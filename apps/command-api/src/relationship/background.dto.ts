import { PARTIAL_DATE } from '#libs/candidates';
import { Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { OptionalText } from '../requests/fields.js';
import { ListOf } from '../requests/nested.js';

const MAX_DESCRIPTION = 5_000;

/** Absent, or a date as far as it's known. */
const OptionalPartialDate = (): PropertyDecorator =>
  applyDecorators(
    Optional(),
    Text(10),
    Matches(new RegExp(PARTIAL_DATE), { message: 'must be a year, a month or a day, e.g. 2019-04' }),
  );

/** Something that somebody worked as. */
export class PositionDto {
  @ApiProperty({ example: 'Analytical Engines', maxLength: 200 })
  @Text(200)
  employer!: string;

  @ApiProperty({ example: 'Software engineer', maxLength: 200 })
  @Text(200)
  title!: string;

  @ApiPropertyOptional({ example: '2019-04', pattern: PARTIAL_DATE, description: 'A year, a month or a day.' })
  @OptionalPartialDate()
  from?: string;

  @ApiPropertyOptional({ example: '2023', pattern: PARTIAL_DATE, description: 'Not before `from`.' })
  @OptionalPartialDate()
  until?: string;

  @ApiPropertyOptional({ example: 'Built the compiler.', maxLength: MAX_DESCRIPTION })
  @OptionalText(MAX_DESCRIPTION)
  description?: string;
}

export class WorkHistoryDto {
  @ApiProperty({ type: [PositionDto], maxItems: 100, description: 'The complete list.' })
  @ListOf(() => PositionDto, 100)
  positions!: PositionDto[];
}

/** Something that somebody learned. */
export class StudiesDto {
  @ApiProperty({ example: 'University of Texas at Austin', maxLength: 200 })
  @Text(200)
  institution!: string;

  @ApiPropertyOptional({ example: 'BSc', maxLength: 200 })
  @OptionalText(200)
  degree?: string;

  @ApiPropertyOptional({ example: 'Mathematics', maxLength: 200 })
  @OptionalText(200)
  field?: string;

  @ApiPropertyOptional({ example: '2012', pattern: PARTIAL_DATE, description: 'A year, a month or a day.' })
  @OptionalPartialDate()
  from?: string;

  @ApiPropertyOptional({ example: '2016-06', pattern: PARTIAL_DATE, description: 'Not before `from`.' })
  @OptionalPartialDate()
  until?: string;

  @ApiPropertyOptional({ example: 'Thesis on Bernoulli numbers.', maxLength: MAX_DESCRIPTION })
  @OptionalText(MAX_DESCRIPTION)
  description?: string;
}

export class EducationDto {
  @ApiProperty({ type: [StudiesDto], maxItems: 50, description: 'The complete list.' })
  @ListOf(() => StudiesDto, 50)
  education!: StudiesDto[];
}
