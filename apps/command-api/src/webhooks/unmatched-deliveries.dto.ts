import { Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsUUID, Max, Min } from 'class-validator';

export class UnmatchedQuery {
  @ApiPropertyOptional({ type: Number, example: 50, minimum: 1, maximum: 200, default: 50 })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @ApiPropertyOptional({ format: 'uuid', description: 'The last id of the page before.' })
  @Optional()
  @IsUUID('all')
  after?: string;
}

export class ReplayQuery {
  @ApiPropertyOptional({ type: Number, example: 100, minimum: 1, maximum: 1_000, default: 100 })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit = 100;
}

export class UnmatchedDocument {
  @ApiProperty({ format: 'uuid', example: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4' })
  id!: string;

  @ApiProperty({ example: 'sendgrid' })
  provider!: string;

  @ApiProperty({
    enum: ['unknown-recipient', 'ambiguous-recipient', 'unknown-type', 'incomplete', 'impossible-time'],
    example: 'unknown-recipient',
  })
  reason!: string;

  @ApiProperty({ example: 1, description: 'How often it came.' })
  deliveries!: number;

  @ApiProperty({ example: 0, description: 'How often it was replayed in vain.' })
  attempts!: number;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  receivedAt!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  triedAt!: string | null;
}

export class UnmatchedPage {
  @ApiProperty({ type: [UnmatchedDocument] })
  items!: UnmatchedDocument[];
}

export class ReplayDocument {
  @ApiProperty({ example: 2 })
  tried!: number;

  @ApiProperty({ example: 1, description: 'Facts that are in the log now, some of them perhaps before.' })
  recorded!: number;

  @ApiProperty({ example: 1, description: 'Still kept.' })
  unmatched!: number;
}
