import type { EngagementEventType } from '#libs/candidates';
import { IsInstant, Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsIn, IsObject, IsUUID, Matches, ValidateIf } from 'class-validator';
import { IsContactValue } from '../candidates/contact-value.js';
import { One } from '../requests/nested.js';
import { interactionDataClasses, interactionTypes } from './data/index.js';

/** Something that happened between us and a candidate. */
export class RecordInteractionDto {
  @ApiProperty({ enum: interactionTypes, example: 'email.replied' })
  @IsIn(interactionTypes)
  type!: EngagementEventType;

  @ApiProperty({
    description: 'By type: `email.replied` takes EmailRepliedData, and so on.',
    // Not oneOf: what fits MessageData fits all that extend it.
    anyOf: interactionDataClasses.map((dto) => ({ $ref: getSchemaPath(dto) })),
    example: { sentiment: 'interested', text: 'Tell me more.' },
  })
  @IsObject()
  data!: Record<string, unknown>;

  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description: 'When it happened; a date where only the day is known; now if absent. At most 5 minutes ahead.',
  })
  @Optional()
  @IsInstant()
  occurredAt?: string;

  @ApiPropertyOptional({ example: 'sendgrid', maxLength: 60, description: 'Who told us. Needs providerEventId.' })
  @ValidateIf(
    ({ provider, providerEventId }: RecordInteractionDto) => provider !== undefined || providerEventId !== undefined,
  )
  @Text(60, { message: 'provider and providerEventId go together; provider takes 1 to 60 characters' })
  provider?: string;

  @ApiPropertyOptional({
    example: 'rWVYmVk90MjZJ9iohOBa3w==',
    maxLength: 300,
    description: "The provider's id of this event: it's recorded once for a candidate, however often it's sent.",
  })
  @ValidateIf(
    ({ provider, providerEventId }: RecordInteractionDto) => provider !== undefined || providerEventId !== undefined,
  )
  @Text(300, { message: 'provider and providerEventId go together; providerEventId takes 1 to 300 characters' })
  providerEventId?: string;
}

export class RecipientDto {
  @ApiProperty({
    example: 'email',
    description: '`email`, `phone`, `profile-url`, or `external:<system>` for an id that another system knows them by.',
  })
  @Matches(/^(email|phone|profile-url|external:\S.{0,59})$/, {
    message: 'must be email, phone, profile-url or external:<system>',
  })
  kind!: string;

  @ApiProperty({ example: 'ada@example.com', maxLength: 500 })
  @Text(500)
  @IsContactValue()
  value!: string;
}

/** An interaction whose candidate is named in the body: by id, or by an address that we know them by. */
export class RecordAddressedInteractionDto extends RecordInteractionDto {
  @ApiPropertyOptional({ example: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4', description: 'This, or recipient.' })
  @ValidateIf(
    ({ candidateId, recipient }: RecordAddressedInteractionDto) => candidateId !== undefined || recipient === undefined,
  )
  @IsUUID('all', { message: 'must be a UUID; candidateId or recipient is needed' })
  candidateId?: string;

  @ApiPropertyOptional({ type: RecipientDto, description: 'This, or candidateId.' })
  @Optional()
  @One(() => RecipientDto)
  recipient?: RecipientDto;
}
