import { liveModel, models, scoringModelSchema, type ScoringModel } from '#libs/scoring';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

type Items = Extract<ApiPropertyOptions, { items?: unknown }>['items'];

export class ScoringModelsDocument {
  @ApiProperty({ example: liveModel.version, description: 'The version that scores and rankings go by.' })
  live!: number;

  @ApiProperty({
    type: 'array',
    items: JSON.parse(JSON.stringify(scoringModelSchema)) as NonNullable<Items>,
    example: [models.at(-1)],
    description: 'Every model that was ever live or is tried, as it was published.',
  })
  items!: ScoringModel[];
}
