import { liveModel, models, scoringModelSchema, type ScoringModel } from '#libs/scoring';
import { modelStates, type ModelState } from '#projections/scoring-models';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

type Schema = Extract<ApiPropertyOptions, { type: 'object' }>;

export class ScoringModelDocument {
  @ApiProperty({ example: liveModel.version })
  version!: number;

  @ApiProperty({
    enum: modelStates,
    example: 'live',
    description:
      'live: scores and rankings go by it. shadow: everybody is scored by it too. building: published, and its scores are being made. retired: its document is kept.',
  })
  state!: ModelState;

  @ApiProperty({ example: true, description: 'Whether it comes with the program.' })
  builtIn!: boolean;

  @ApiProperty({ type: String, nullable: true, example: null })
  publishedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'The last time that it was made live.' })
  madeLiveAt!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  retiredAt!: string | null;

  @ApiProperty({
    ...(JSON.parse(JSON.stringify(scoringModelSchema)) as Schema),
    example: liveModel,
    description: 'As it was published.',
  })
  model!: ScoringModel;
}

export class ScoringModelsDocument {
  @ApiProperty({ example: liveModel.version, description: 'The version that scores and rankings go by.' })
  live!: number;

  @ApiProperty({
    type: [ScoringModelDocument],
    description: `Every model that was ever live or is tried; ${models.length} come with the program.`,
  })
  items!: ScoringModelDocument[];
}
