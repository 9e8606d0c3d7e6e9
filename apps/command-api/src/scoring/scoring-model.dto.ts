import { FIRST_PUBLISHED_VERSION, liveModel, MAX_MODEL_VERSION, scoringModelSchema } from '#libs/scoring';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsInt, IsObject, Max, Min } from 'class-validator';

type Schema = Extract<ApiPropertyOptions, { type: 'object' }>;

/** A scoring model, to be tried beside the live one. All of it lies in the log in the clear: it's about nobody. */
export class PublishScoringModelDto {
  @ApiProperty({
    ...(JSON.parse(JSON.stringify(scoringModelSchema)) as Schema),
    example: { ...liveModel, version: FIRST_PUBLISHED_VERSION, unknownFactor: 0.5 },
    description: `Versions below ${FIRST_PUBLISHED_VERSION} are those of models that come with the program. What was published is never edited.`,
  })
  @IsObject()
  model!: Record<string, unknown>;
}

/** Which model is meant. */
export class ScoringModelVersionDto {
  @ApiProperty({ type: 'integer', example: FIRST_PUBLISHED_VERSION, minimum: 1, maximum: MAX_MODEL_VERSION })
  @IsInt()
  @Min(1)
  @Max(MAX_MODEL_VERSION)
  version!: number;
}
