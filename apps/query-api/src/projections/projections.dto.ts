import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class ProjectionDocument {
  @ApiProperty({ example: 'talent-search' })
  name!: string;

  @ApiProperty({ example: 1, description: 'Of the tables that queries read.' })
  version!: number;

  @ApiProperty({ enum: ['running', 'paused', 'failed'], example: 'running' })
  state!: string;

  @ApiPropertyOptional({ example: 'unknown-version', description: 'Why it is paused or failed.' })
  reason?: string;

  @ApiProperty({ example: 'p1-4711-4711', description: 'Everything up to here is in the rows.' })
  position!: string;

  @ApiProperty({ example: true, description: 'Whether that is the end of the log.' })
  upToDate!: boolean;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0,
    description: 'Seconds since the newest event in the rows was recorded; 0 when up to date, null when there is none.',
  })
  lagSeconds!: number | null;

  @ApiPropertyOptional({
    example: { version: 2, position: 'p1-1200-1200' },
    description: 'The newer version that is being built beside it.',
  })
  building?: { version: number; position: string };
}

export class ProjectionsDocument {
  @ApiProperty({ example: 'p1-4711-4711', description: 'The end of the event log.' })
  head!: string;

  @ApiProperty({ type: [ProjectionDocument] })
  items!: ProjectionDocument[];
}
