import { normaliseContact } from '#libs/candidates';
import { Optional, Text } from '#libs/http';
import { formLimits } from '#libs/sign-up';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMinSize, IsString, MaxLength, ValidateBy } from 'class-validator';
import { isContactValue } from '../../candidates/contact-value.js';
import { ListOf, Words } from '../../requests/nested.js';
import { AskedConsentDto } from '../sign-up-form.dto.js';

const MOST_EMAIL = 320;
const MOST_NAME = 200;
const MOST_TICKET = 100;

/** No quotes, commas or brackets: a message to it goes to one mailbox, whatever a mail server makes of them. */
const isMailbox = (value: unknown): boolean =>
  isContactValue('email', value) &&
  /^[^\s"(),:;<>[\\\]@]+@[^\s"(),:;<>[\\\]@]+\.[^\s"(),:;<>[\\\]@]+$/.test((value as string).trim()) &&
  // In lower case some letters are two.
  normaliseContact('email', value as string).length <= MOST_EMAIL;

/** What somebody enters into a form. */
export class SubmitSignUpDto {
  @ApiProperty({
    example: 'ada@example.org',
    maxLength: MOST_EMAIL,
    description: 'Where the confirmation is asked for.',
  })
  @Text(MOST_EMAIL)
  @ValidateBy({
    name: 'isMailbox',
    validator: { validate: isMailbox, defaultMessage: () => 'must be an email address' },
  })
  email!: string;

  @ApiPropertyOptional({ example: 'Ada Lovelace', maxLength: MOST_NAME })
  @Optional()
  @Text(MOST_NAME)
  name?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['backend'],
    maxItems: formLimits.topics,
    description: 'Of the form.',
  })
  @Optional()
  @Words(formLimits.topics, formLimits.topic)
  topics?: string[];

  @ApiProperty({
    type: [AskedConsentDto],
    minItems: 1,
    maxItems: formLimits.consents,
    description: 'Of those that the form asks for, the ones that the person ticked.',
  })
  @ArrayMinSize(1)
  @ListOf(() => AskedConsentDto, formLimits.consents)
  consents!: AskedConsentDto[];

  @ApiProperty({
    example: '2026-01',
    maxLength: formLimits.textVersion,
    description: 'Of the text that they were shown; refused where the form has another one by now.',
  })
  @Text(formLimits.textVersion)
  textVersion!: string;

  @ApiProperty({ example: 'dGlja2V0', maxLength: MOST_TICKET, description: 'As it came with the form. It says when.' })
  @Text(MOST_TICKET)
  ticket!: string;

  @ApiPropertyOptional({
    example: '',
    maxLength: 500,
    description: 'A field that people are not shown and leave empty. Whatever fills it in is answered and forgotten.',
  })
  @Optional()
  @IsString()
  @MaxLength(500)
  website?: string;
}

/** The same for everybody: it says nothing about who is known. */
export class SubmittedDocument {
  @ApiProperty({ enum: ['confirmation-asked'], example: 'confirmation-asked' })
  status!: 'confirmation-asked';
}
