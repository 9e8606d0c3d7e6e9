import type { KnownForm } from '#libs/sign-up';
import { ApiProperty } from '@nestjs/swagger';
import { AskedConsentDto, ConsentTextDto } from './sign-up-form.dto.js';

/** What a form shows to everybody: neither where those who sign up are counted, nor whose pages may send it. */
export class ShownForm {
  @ApiProperty({ example: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4' })
  id!: string;

  @ApiProperty({ example: 'Spring fair' })
  name!: string;

  @ApiProperty({ type: [String], example: ['backend', 'data'] })
  topics!: readonly string[];

  @ApiProperty({ type: [AskedConsentDto] })
  consents!: readonly AskedConsentDto[];

  @ApiProperty({ type: ConsentTextDto })
  consentText!: ConsentTextDto;

  @ApiProperty({ example: 'https://careers.example/privacy' })
  privacyUrl!: string;

  @ApiProperty({ type: String, nullable: true, example: 'https://careers.example/thanks' })
  redirectUrl!: string | null;

  @ApiProperty({ example: true })
  open!: boolean;

  @ApiProperty({
    example: 'dGlja2V0',
    description: 'To be sent back with a submission: it says when the form was shown. Good for a day.',
  })
  ticket!: string;
}

export const shownForm = (id: string, form: KnownForm, ticket: string): ShownForm => ({
  id,
  name: form.name,
  topics: form.topics,
  consents: form.consents as readonly AskedConsentDto[],
  consentText: form.consentText,
  privacyUrl: form.privacyUrl,
  redirectUrl: form.redirectUrl ?? null,
  open: form.open,
  ticket,
});
