import { IsInstant, Optional } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RecordedQuery } from '../past/past.dto.js';

export class MemberHistoryQuery extends RecordedQuery {
  @ApiPropertyOptional({ example: '2026-03-01T09:30:00Z', description: 'As of this time; now, unless given.' })
  @Optional()
  @IsInstant()
  at?: string;
}

export class MemberChangeDocument {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ enum: ['entered', 'left'], example: 'entered' })
  change!: string;

  @ApiProperty({
    type: [String],
    example: ['/and/1'],
    description:
      'Of a segment, JSON pointers into its criteria: the conditions that changed at that instant. Of a static pool, the ' +
      'code of the reason, if one was given.',
  })
  because!: string[];
}

export class MemberConditionDocument {
  @ApiProperty({ example: '/and/1', description: 'A JSON pointer into the criteria.' })
  pointer!: string;

  @ApiProperty({ example: true })
  holds!: boolean;

  @ApiProperty({ type: String, nullable: true, example: '2026-03-01T09:30:00.000Z', description: 'Null: ever since.' })
  since!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'If nothing else happens; null: never.' })
  nextChange!: string | null;
}

/** Whether somebody is in a pool, why, since when, and every time they came and went. */
export class MemberHistoryDocument {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ example: true })
  member!: boolean;

  @ApiProperty({ type: String, nullable: true, example: '2026-03-01T09:30:00.000Z', description: 'Null: ever since.' })
  since!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'If nothing else happens; null: never.' })
  nextChange!: string | null;

  @ApiProperty({ type: [MemberConditionDocument], description: 'None of a static pool.' })
  conditions!: MemberConditionDocument[];

  @ApiProperty({ type: [MemberChangeDocument], description: 'Up to that time, in order.' })
  changes!: MemberChangeDocument[];
}
