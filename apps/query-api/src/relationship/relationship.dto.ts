import {
  channels,
  evidenceKinds,
  jobStatuses,
  languageLevels,
  lawfulBases,
  ownerKinds,
  purposes,
  workplaces,
  type Obstacle,
} from '#libs/candidates';
import { IsInstant, Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AttachmentDocument } from './attachment.dto.js';
import { PositionDocument, StudiesDocument } from './background.dto.js';
import { RecordedQuery } from '../past/past.dto.js';

export class RelationshipQuery extends RecordedQuery {
  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description: 'As of this time, by what had been said up to it; now, unless given.',
  })
  @Optional()
  @IsInstant()
  at?: string;

  @ApiPropertyOptional({ example: 'engineering', description: 'What a message would be about.' })
  @Optional()
  @Text(100)
  topic?: string;
}

const obstacles = [
  'do-not-contact',
  'complained',
  'snoozed',
  'unsubscribed',
  'consent-withdrawn',
  'consent-expired',
  'no-consent',
] as const satisfies readonly Obstacle[];

export class ObstacleDocument {
  @ApiProperty({ enum: obstacles, example: 'snoozed' })
  code!: Obstacle;

  @ApiPropertyOptional({ example: '2026-03-01T09:30:00.000Z' })
  since?: string;

  @ApiPropertyOptional({ example: '2026-09-01T00:00:00.000Z', description: 'Where it passes by itself.' })
  until?: string;
}

export class ConsentEvidenceDocument {
  @ApiProperty({ enum: evidenceKinds, example: 'form' })
  kind!: string;

  @ApiPropertyOptional({ example: 'form-77' })
  reference?: string;

  @ApiPropertyOptional({ example: 'Signed the list at the spring fair.' })
  note?: string;
}

export class HeldConsentDocument {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z', description: 'When it was given.' })
  at!: string;

  @ApiProperty({ enum: lawfulBases, example: 'consent' })
  basis!: string;

  @ApiPropertyOptional({ example: 'engineering' })
  topic?: string;

  @ApiPropertyOptional({ example: '2026-01' })
  textVersion?: string;

  @ApiPropertyOptional({ example: '2028-01-01T00:00:00.000Z' })
  expiresAt?: string;

  @ApiProperty({ type: ConsentEvidenceDocument })
  evidence!: ConsentEvidenceDocument;
}

export class PermissionDocument {
  @ApiProperty({ enum: purposes, example: 'newsletter' })
  purpose!: string;

  @ApiProperty({ enum: channels, example: 'email' })
  channel!: string;

  @ApiProperty({ example: true })
  allowed!: boolean;

  @ApiProperty({ type: [ObstacleDocument], description: 'What stands in the way, the gravest first.' })
  obstacles!: ObstacleDocument[];

  @ApiPropertyOptional({
    type: HeldConsentDocument,
    description: 'What was given last, whether or not it still holds.',
  })
  consent?: HeldConsentDocument;
}

export class TellerDocument {
  @ApiProperty({ enum: ['user', 'service', 'system', 'import'], example: 'user' })
  kind!: string;

  @ApiProperty({ example: 'user-4' })
  id!: string;
}

export class HandOverDocument {
  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ type: String, nullable: true, example: 'user-17', description: 'Null: nobody any more.' })
  owner!: string | null;

  @ApiPropertyOptional({ enum: ownerKinds, example: 'person', description: 'Where it was said.' })
  kind?: string;

  @ApiPropertyOptional({ example: 'Took over the region.' })
  reason?: string;

  @ApiProperty({ type: TellerDocument, description: 'Who handed it over.' })
  by!: TellerDocument;
}

export class StatedAvailabilityDocument {
  @ApiProperty({ enum: jobStatuses, example: 'open' })
  status!: string;

  @ApiPropertyOptional({ example: '2026-10-01' })
  from?: string;

  @ApiPropertyOptional({ type: 'integer', example: 90 })
  noticeDays?: number;

  @ApiPropertyOptional({ enum: workplaces, isArray: true, example: ['remote'] })
  workplaces?: string[];

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  statedAt!: string;
}

export class MedallistMarkDocument {
  @ApiProperty({ example: true })
  marked!: boolean;

  @ApiPropertyOptional({ example: 'req-104' })
  requisitionId?: string;

  @ApiPropertyOptional({ example: 'Software engineer' })
  role?: string;

  @ApiPropertyOptional({ example: 'Second of two excellent people.' })
  note?: string;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  at!: string;
}

export class SpokenLanguageDocument {
  @ApiProperty({ example: 'en' })
  code!: string;

  @ApiPropertyOptional({ enum: languageLevels, example: 'C1' })
  level?: string;
}

export class RelationshipDocument {
  @ApiProperty({ format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  candidateId!: string;

  @ApiProperty({ example: '2026-03-01T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ type: [PermissionDocument], description: 'Each purpose on each channel.' })
  permissions!: PermissionDocument[];

  @ApiProperty({
    type: [HandOverDocument],
    description:
      'Every owner of the relationship up to then, the latest last: they own it. After a merge those under the id whose owner is the person’s come last.',
  })
  owners!: HandOverDocument[];

  @ApiProperty({ type: StatedAvailabilityDocument, nullable: true })
  availability!: StatedAvailabilityDocument | null;

  @ApiProperty({ type: [SpokenLanguageDocument] })
  languages!: SpokenLanguageDocument[];

  @ApiProperty({ type: [PositionDocument] })
  workHistory!: PositionDocument[];

  @ApiProperty({ type: [StudiesDocument] })
  education!: StudiesDocument[];

  @ApiProperty({ type: [AttachmentDocument] })
  attachments!: AttachmentDocument[];

  @ApiProperty({
    type: MedallistMarkDocument,
    nullable: true,
    description: 'What somebody said of it; GET /v1/silver-medallists tells what applications say.',
  })
  silverMedallist!: MedallistMarkDocument | null;
}
