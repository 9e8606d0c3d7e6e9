import { fitModelRefPattern, fitModelSchema, type FitModel } from '#libs/fit';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

type Schema = Extract<ApiPropertyOptions, { type: 'object' }>;

/** As a request names one. */
export const FIT_MODEL = {
  example: 'backend-engineer',
  pattern: fitModelRefPattern.source,
  description: 'A fit model; its latest version, unless one is named as in `backend-engineer.2`.',
} as const;

export class FitModelDocument {
  @ApiProperty({ example: 'backend-engineer' })
  name!: string;

  @ApiProperty({ type: 'integer', example: 2 })
  version!: number;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  publishedAt!: string;

  @ApiProperty({ example: '3f2a9c0d1e4b5a67', description: 'Opaque id of the caller who published it.' })
  publishedBy!: string;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'From then on no search goes by it.' })
  retiredAt!: string | null;

  @ApiProperty({
    ...(JSON.parse(JSON.stringify(fitModelSchema)) as Schema),
    example: {
      name: 'backend-engineer',
      version: 2,
      title: 'Backend engineers',
      rules: [{ label: 'Title', points: 10, where: { title: 'software engineers' } }],
      grades: { A: 10, B: 6, C: 3 },
    },
    description: 'As it was published.',
  })
  model!: FitModel;
}

export class FitModelsDocument {
  @ApiProperty({ type: [FitModelDocument], description: 'By name, the latest version first; retired ones too.' })
  items!: FitModelDocument[];
}
