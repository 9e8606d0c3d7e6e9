import { Text } from '#libs/http';
import { poolLimits } from '#libs/pools';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { CODE, OptionalCode, OptionalText } from '../requests/fields.js';

const MAX_NOTE = 2_000;
const reason = { maxLength: 60, pattern: CODE.source, description: 'A code.' };

/** Somebody comes into a static pool. */
export class AddMemberDto {
  @ApiProperty({ example: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4' })
  @IsUUID('all')
  candidateId!: string;

  @ApiPropertyOptional({ example: 'new', maxLength: poolLimits.stage, description: 'The first, unless given.' })
  @OptionalText(poolLimits.stage)
  stage?: string;

  @ApiPropertyOptional({ ...reason, example: 'sourced' })
  @OptionalCode()
  reason?: string;

  @ApiPropertyOptional({ example: 'Met at the spring fair.', maxLength: MAX_NOTE })
  @OptionalText(MAX_NOTE)
  note?: string;
}

/** Somebody moves to another stage of a pool. */
export class MoveMemberDto {
  @ApiProperty({ example: 'contacted', maxLength: poolLimits.stage })
  @Text(poolLimits.stage)
  stage!: string;

  @ApiPropertyOptional({ ...reason, example: 'answered' })
  @OptionalCode()
  reason?: string;

  @ApiPropertyOptional({ example: 'Would like to hear more.', maxLength: MAX_NOTE })
  @OptionalText(MAX_NOTE)
  note?: string;
}

/** Why somebody is taken out. In the address, so only a code. */
export class RemoveMemberQuery {
  @ApiPropertyOptional({ ...reason, example: 'not-interested' })
  @OptionalCode()
  reason?: string;
}
