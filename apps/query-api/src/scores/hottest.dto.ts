import { IsInstant, Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { liveModel } from '#libs/scoring';
import { NextCursor, PageQuery } from '../page.dto.js';
import { ScoreSummaryDocument } from './score.dto.js';
import { OptionalModelVersion } from './model-version.js';
import { BooleanParameter } from '../boolean-parameter.js';

export class HottestQuery extends PageQuery {
  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description:
      'The ranking as of this time; now, unless given. Pages after the first keep the time of the first by themselves.',
  })
  @Optional()
  @IsInstant()
  at?: string;

  @ApiPropertyOptional({
    type: Boolean,
    example: false,
    default: false,
    description: 'Whether people who unsubscribed or complained are listed too; they are flagged.',
  })
  @Optional()
  @BooleanParameter()
  includeUnsubscribed = false;

  @OptionalModelVersion(
    'A scoring model that everybody is scored by; the live one, unless given. Pages after the first keep it.',
  )
  model?: number;
}

export class HottestDocument extends ScoreSummaryDocument {
  @ApiProperty({ type: String, nullable: true, example: 'Ada Lovelace', description: 'Null where it is not known.' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Staff Engineer' })
  title!: string | null;
}

export class HottestPage {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z', description: 'The time that the ranking is of.' })
  at!: string;

  @ApiProperty({ example: liveModel.version, description: 'The scoring model that it goes by.' })
  modelVersion!: number;

  @ApiProperty({ type: [HottestDocument] })
  items!: HottestDocument[];

  @NextCursor()
  nextCursor!: string | null;
}
