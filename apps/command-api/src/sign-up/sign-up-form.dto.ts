import { channels, purposes, type Channel, type Purpose } from '#libs/candidates';
import { Optional, OptionalOrNull, Text } from '#libs/http';
import { formLimits } from '#libs/sign-up';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMinSize, IsBoolean, IsIn, Matches } from 'class-validator';
import { SourceDto } from '../candidates/candidate-parts.dto.js';
import { ListOf, One, Words } from '../requests/nested.js';
import { Origins, WebAddress } from './form-addresses.js';

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** One thing that a person is asked to agree to. */
export class AskedConsentDto {
  @ApiProperty({ enum: purposes, example: 'newsletter' })
  @IsIn(purposes)
  purpose!: Purpose;

  @ApiProperty({ enum: channels, example: 'email' })
  @IsIn(channels)
  channel!: Channel;
}

/** What a person agrees to, in their language. */
export class ConsentTextDto {
  @ApiProperty({
    example: '2026-01',
    maxLength: formLimits.textVersion,
    description: 'Another text is another version.',
  })
  @Text(formLimits.textVersion)
  version!: string;

  @ApiProperty({ example: 'en', maxLength: 35, pattern: LANGUAGE.source, description: 'BCP 47.' })
  @Text(35)
  @Matches(LANGUAGE, { message: 'must be a language tag, such as en or de-AT' })
  language!: string;

  @ApiProperty({ example: 'You may write to me about open positions.', maxLength: formLimits.wording })
  @Text(formLimits.wording)
  wording!: string;
}

/** A sign-up form. All of it lies in the log in the clear: it must say nothing about one person. */
export class DefineSignUpFormDto {
  @ApiProperty({ example: 'Spring fair', maxLength: formLimits.name })
  @Text(formLimits.name)
  name!: string;

  @ApiProperty({ type: SourceDto, description: 'The source of whoever comes to be known by it.' })
  @One(() => SourceDto)
  source!: SourceDto;

  @ApiPropertyOptional({
    type: [String],
    example: ['https://careers.example'],
    maxItems: formLimits.origins,
    description: 'Whose pages may send it from browsers.',
  })
  @Optional()
  @Origins()
  origins?: string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['backend', 'data'],
    maxItems: formLimits.topics,
    description: 'What somebody can say they are interested in.',
  })
  @Optional()
  @Words(formLimits.topics, formLimits.topic)
  topics?: string[];

  @ApiProperty({ type: [AskedConsentDto], minItems: 1, maxItems: formLimits.consents })
  @ArrayMinSize(1)
  @ListOf(() => AskedConsentDto, formLimits.consents)
  consents!: AskedConsentDto[];

  @ApiProperty({ type: ConsentTextDto })
  @One(() => ConsentTextDto)
  consentText!: ConsentTextDto;

  @ApiProperty({ example: 'https://careers.example/privacy', maxLength: formLimits.url, pattern: '^https?://\\S+$' })
  @WebAddress()
  privacyUrl!: string;

  @ApiPropertyOptional({
    example: 'https://careers.example/thanks',
    maxLength: formLimits.url,
    pattern: '^https?://\\S+$',
  })
  @Optional()
  @WebAddress()
  redirectUrl?: string;

  @ApiPropertyOptional({ example: true, default: true })
  @Optional()
  @IsBoolean()
  open?: boolean;
}

/** What to change of a form: an absent field stays, null clears, lists and objects are replaced as a whole. */
export class ChangeSignUpFormDto {
  @ApiPropertyOptional({ example: 'Summer fair', maxLength: formLimits.name })
  @Optional()
  @Text(formLimits.name)
  name?: string;

  @ApiPropertyOptional({ type: SourceDto })
  @Optional()
  @One(() => SourceDto)
  source?: SourceDto;

  @ApiPropertyOptional({ type: [String], example: ['https://careers.example'], maxItems: formLimits.origins })
  @Optional()
  @Origins()
  origins?: string[];

  @ApiPropertyOptional({ type: [String], example: ['backend', 'data'], maxItems: formLimits.topics })
  @Optional()
  @Words(formLimits.topics, formLimits.topic)
  topics?: string[];

  @ApiPropertyOptional({ type: [AskedConsentDto], minItems: 1, maxItems: formLimits.consents })
  @Optional()
  @ArrayMinSize(1)
  @ListOf(() => AskedConsentDto, formLimits.consents)
  consents?: AskedConsentDto[];

  @ApiPropertyOptional({ type: ConsentTextDto })
  @Optional()
  @One(() => ConsentTextDto)
  consentText?: ConsentTextDto;

  @ApiPropertyOptional({
    example: 'https://careers.example/privacy',
    maxLength: formLimits.url,
    pattern: '^https?://\\S+$',
  })
  @Optional()
  @WebAddress()
  privacyUrl?: string;

  @ApiPropertyOptional({
    type: String,
    example: 'https://careers.example/thanks',
    maxLength: formLimits.url,
    pattern: '^https?://\\S+$',
    nullable: true,
  })
  @OptionalOrNull()
  @WebAddress()
  redirectUrl?: string | null;

  @ApiPropertyOptional({ example: false })
  @Optional()
  @IsBoolean()
  open?: boolean;
}
