import { FIT_MODEL_NAME, fitModelSchema, MAX_FIT_VERSION } from '#libs/fit';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsInt, IsObject, Matches, Max, Min } from 'class-validator';

type Schema = Extract<ApiPropertyOptions, { type: 'object' }>;

/** A fit model. All of it lies in the log in the clear: it's about nobody. */
export class PublishFitModelDto {
  @ApiProperty({
    ...(JSON.parse(JSON.stringify(fitModelSchema)) as Schema),
    example: {
      name: 'backend-engineer',
      version: 1,
      title: 'Backend engineers in Texas',
      rules: [
        { label: 'Title', points: 40, where: { title: 'software engineers' } },
        { label: 'SQL', points: 20, must: true, where: { attribute: 'skills', is: ['SQL'] } },
        { label: 'Five years', points: 40, where: { number: 'experienceYears', atLeast: 5 } },
      ],
      grades: { A: 80, B: 60, C: 40 },
    },
    description:
      'Rules give points; grades say from how many on. The criteria of a rule may ask for title, years of experience, place, ' +
      'skills, interests, languages, employer and availability, and for nothing that is personal or protected, nor for ' +
      'what happened. What was published is never edited.',
  })
  @IsObject()
  model!: Record<string, unknown>;
}

/** Which model is meant. */
export class FitModelVersionDto {
  @ApiProperty({ example: 'backend-engineer', pattern: FIT_MODEL_NAME })
  @Matches(new RegExp(FIT_MODEL_NAME))
  name!: string;

  @ApiProperty({ type: 'integer', example: 1, minimum: 1, maximum: MAX_FIT_VERSION })
  @IsInt()
  @Min(1)
  @Max(MAX_FIT_VERSION)
  version!: number;
}
