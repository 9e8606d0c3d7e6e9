import { IsInstant, Optional } from '#libs/http';
import { bands, liveModel, type Band } from '#libs/scoring';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { NextCursor, PageQuery } from '../page.dto.js';
import { ModelVersion, OptionalModelVersion } from './model-version.js';

export class CrossedQuery extends PageQuery {
  @OptionalModelVersion('The model to compare with; the live one, unless given. Pages after the first keep it.')
  one?: number;

  @ModelVersion('The model that is tried.')
  other!: number;

  @ApiPropertyOptional({
    example: '2026-06-30T00:00:00Z',
    description:
      'As of this time, if nothing more happens: now, unless given, or later. Pages after the first keep the time of the first by themselves.',
  })
  @Optional()
  @IsInstant()
  at?: string;

  @ApiPropertyOptional({
    enum: bands,
    example: 'warm',
    description:
      'Only those who are in this band by the one model. With from and to the same, those who are in it by both; otherwise only those who cross are listed.',
  })
  @Optional()
  @IsIn(bands)
  from?: Band;

  @ApiPropertyOptional({ enum: bands, example: 'hot', description: 'Only those who are in this band by the other.' })
  @Optional()
  @IsIn(bands)
  to?: Band;
}

export class SeenDocument {
  @ApiProperty({ example: '62.500000000', description: 'Points, with nine places; a string, so that none is lost.' })
  score!: string;

  @ApiProperty({ enum: bands, example: 'hot' })
  band!: Band;
}

export class CrossedDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({ type: SeenDocument, description: 'By the one model.' })
  from!: SeenDocument;

  @ApiProperty({ type: SeenDocument, description: 'By the other.' })
  to!: SeenDocument;
}

export class CrossedPage {
  @ApiProperty({ example: liveModel.version })
  one!: number;

  @ApiProperty({ example: 1_000 })
  other!: number;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ type: [CrossedDocument], description: 'In the order of their ids.' })
  items!: CrossedDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
