import {
  channels,
  doNotContactReasons,
  evidenceKinds,
  jobStatuses,
  languageLevels,
  lawfulBases,
  purposes,
  withdrawalWays,
  workplaces,
  type Channel,
  type Purpose,
} from '#libs/candidates';
import { IsInstant, Optional, Text } from '#libs/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { OptionalOpaqueId, OptionalText } from '../requests/fields.js';
import { ListOf, One } from '../requests/nested.js';

const MAX_NOTE = 2_000;
const CALENDAR_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** What could be shown to whoever asks how we know. */
export class EvidenceDto {
  @ApiProperty({ enum: evidenceKinds, example: 'form' })
  @IsIn(evidenceKinds)
  kind!: (typeof evidenceKinds)[number];

  @ApiPropertyOptional({ example: 'form-77', description: 'Opaque id of a submission, a recording, a document.' })
  @OptionalOpaqueId()
  reference?: string;

  @ApiPropertyOptional({ example: 'Signed the list at the spring fair.', maxLength: MAX_NOTE })
  @OptionalText(MAX_NOTE)
  note?: string;
}

/** Consent to be contacted, for each of the purposes on each of the channels. */
export class GiveConsentDto {
  @ApiProperty({ enum: purposes, isArray: true, example: ['newsletter'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(purposes.length)
  @ArrayUnique()
  @IsIn(purposes, { each: true })
  purposes!: Purpose[];

  @ApiProperty({ enum: channels, isArray: true, example: ['email'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(channels.length)
  @ArrayUnique()
  @IsIn(channels, { each: true })
  channels!: Channel[];

  @ApiPropertyOptional({ example: 'engineering', description: 'Only about this; absent: about anything.' })
  @OptionalText(100)
  topic?: string;

  @ApiProperty({ enum: lawfulBases, example: 'consent' })
  @IsIn(lawfulBases)
  basis!: (typeof lawfulBases)[number];

  @ApiPropertyOptional({ example: '2026-01', description: 'Of the text that the person saw.' })
  @OptionalText(60)
  textVersion?: string;

  @ApiProperty({ type: EvidenceDto })
  @One(() => EvidenceDto)
  evidence!: EvidenceDto;

  @ApiPropertyOptional({ example: '2028-01-01T00:00:00Z' })
  @Optional()
  @IsInstant()
  expiresAt?: string;

  @ApiPropertyOptional({ example: '2026-03-01T09:30:00Z', description: 'When it was given; now, unless said.' })
  @Optional()
  @IsInstant()
  occurredAt?: string;
}

/** What isn't named is meant as a whole: without a channel, all of them. */
export class WithdrawConsentDto {
  @ApiPropertyOptional({ enum: purposes, example: 'newsletter' })
  @Optional()
  @IsIn(purposes)
  purpose?: Purpose;

  @ApiPropertyOptional({ enum: channels, example: 'email' })
  @Optional()
  @IsIn(channels)
  channel?: Channel;

  @ApiPropertyOptional({ example: 'engineering' })
  @OptionalText(100)
  topic?: string;

  @ApiProperty({ enum: withdrawalWays, example: 'preference-centre' })
  @IsIn(withdrawalWays)
  way!: (typeof withdrawalWays)[number];

  @ApiPropertyOptional({ type: EvidenceDto })
  @Optional()
  @One(() => EvidenceDto)
  evidence?: EvidenceDto;

  @ApiPropertyOptional({
    example: '2026-03-01T09:30:00Z',
    description:
      'When it was withdrawn; now, unless said. A date takes back what was given until the end of it, in UTC.',
  })
  @Optional()
  @IsInstant()
  occurredAt?: string;
}

export class DoNotContactDto {
  @ApiProperty({ example: true, description: 'Whether they are not to be contacted, on any channel.' })
  @IsBoolean()
  doNotContact!: boolean;

  @ApiPropertyOptional({ enum: doNotContactReasons, example: 'asked', description: 'Required to set it.' })
  @ValidateIf(({ doNotContact, reason }: DoNotContactDto) => doNotContact || reason !== undefined)
  @IsIn(doNotContactReasons)
  reason?: (typeof doNotContactReasons)[number];

  @ApiPropertyOptional({ example: 'Said so on the phone.', maxLength: MAX_NOTE })
  @OptionalText(MAX_NOTE)
  note?: string;
}

export class SilverMedallistDto {
  @ApiProperty({ example: true, description: 'Whether they are worth coming back to.' })
  @IsBoolean()
  silverMedallist!: boolean;

  @ApiPropertyOptional({ example: 'req-104', maxLength: 100, description: 'What they nearly got; only to mark them.' })
  @OptionalOpaqueId()
  requisitionId?: string;

  @ApiPropertyOptional({ example: 'Software engineer', maxLength: 200, description: 'Only to mark them.' })
  @OptionalText(200)
  role?: string;

  @ApiPropertyOptional({ example: 'Second of two excellent people.', maxLength: MAX_NOTE })
  @OptionalText(MAX_NOTE)
  note?: string;
}

export class SnoozeDto {
  @ApiProperty({ type: String, nullable: true, example: '2027-09-01T00:00:00Z', description: 'Null ends it.' })
  @ValidateIf((_object, value) => value !== null)
  @IsInstant()
  until!: string | null;

  @ApiPropertyOptional({ example: 'On parental leave.', maxLength: MAX_NOTE })
  @OptionalText(MAX_NOTE)
  reason?: string;
}

/** The whole of what's known of a next job. */
export class AvailabilityDto {
  @ApiProperty({ enum: jobStatuses, example: 'open' })
  @IsIn(jobStatuses)
  status!: (typeof jobStatuses)[number];

  @ApiPropertyOptional({ example: '2026-10-01', description: 'A date.' })
  @Optional()
  @Text(10)
  @Matches(CALENDAR_DATE, { message: 'must be a date, e.g. 2026-10-01' })
  from?: string;

  @ApiPropertyOptional({ type: 'integer', example: 90, minimum: 0, maximum: 730 })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(730)
  noticeDays?: number;

  @ApiPropertyOptional({ enum: workplaces, isArray: true, example: ['hybrid', 'remote'] })
  @Optional()
  @IsArray()
  @ArrayMaxSize(workplaces.length)
  @ArrayUnique()
  @IsIn(workplaces, { each: true })
  workplaces?: (typeof workplaces)[number][];
}

export class LanguageDto {
  @ApiProperty({ example: 'en', description: 'ISO 639, two or three letters.' })
  @Text(3)
  @Matches(/^[a-z]{2,3}$/, { message: 'must be an ISO 639 code in lower case, e.g. en' })
  code!: string;

  @ApiPropertyOptional({ enum: languageLevels, example: 'C1' })
  @Optional()
  @IsIn(languageLevels)
  level?: (typeof languageLevels)[number];
}

export class LanguagesDto {
  @ApiProperty({ type: [LanguageDto], maxItems: 50, description: 'The complete list; each language once.' })
  @ListOf(() => LanguageDto, 50)
  @ArrayUnique(({ code }: LanguageDto) => code, { message: 'must not name a language twice' })
  languages!: LanguageDto[];
}
