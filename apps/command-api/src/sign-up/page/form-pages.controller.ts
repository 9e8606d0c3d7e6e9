import { Public } from '#libs/access';
import { ProblemError, problemOfStatus, validate } from '#libs/http';
import { isUuid } from '#libs/kernel';
import { languageOf } from '#libs/sign-up-intake';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicAddress } from '../submitting/public-address.js';
import { isSentFrom } from '../submitting/sending-page.js';
import { SignUpSubmissions } from '../submitting/sign-up-submissions.js';
import { SubmitSignUpDto } from '../submitting/submit-sign-up.dto.js';
import { enteredIn, errorsOf, requestOf } from './entered-form.js';
import { formPage, nothingEntered, type FormErrors } from './form-page.js';
import { sayingPage } from './saying-page.js';
import { orSaying, sendPage, sendTo } from './send-page.js';

const idIn = (text: string): string => {
  const id = text.toLowerCase();
  if (!isUuid(id)) throw problemOfStatus(404);
  return id;
};

/** Refusals that the person can do something about, by their codes: the form is shown again, and says what. */
const wholes: Readonly<Record<string, FormErrors['whole']>> = {
  'filled-in-too-fast': 'tooFast',
  'consent-text-changed': 'outdated',
  'ticket-expired': 'outdated',
  'invalid-request': 'other',
};

/** The form as a page, for career sites and events that have none of their own. For people: not in the API's document. */
@ApiExcludeController()
@Public()
@Controller('sign-up')
export class FormPagesController {
  constructor(
    private readonly submissions: SignUpSubmissions,
    private readonly address: PublicAddress,
  ) {}

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await orSaying(request, reply, this.form(id, reply));
  }

  @Post(':id')
  async submit(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await orSaying(request, reply, this.take(id, request, reply));
  }

  @Get(':id/sent')
  async sent(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await orSaying(request, reply, this.askToLook(id, reply));
  }

  private async form(text: string, reply: FastifyReply): Promise<void> {
    const id = idIn(text);
    const form = await this.submissions.openForm(id);
    sendPage(reply, formPage(form, { action: `/sign-up/${id}`, ticket: this.submissions.tickets.issue() }));
  }

  private async take(text: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { body, ip } = request;
    const id = idIn(text);
    const form = await this.submissions.openForm(id);
    const fields = body instanceof URLSearchParams ? body : new URLSearchParams();
    const again = (errors: FormErrors, status: number, ticket = this.submissions.tickets.issue()): void =>
      sendPage(reply, formPage(form, { action: `/sign-up/${id}`, ticket }, enteredIn(fields), errors), status);

    if (!isSentFrom(request, this.address.base, form.origins)) {
      // Nothing of what another page had them send.
      const ticket = this.submissions.tickets.issue();
      const refused: FormErrors = { fields: [], whole: 'other' };
      sendPage(reply, formPage(form, { action: `/sign-up/${id}`, ticket }, nothingEntered, refused), 403);
      return;
    }
    const entered = validate(SubmitSignUpDto, requestOf(fields));
    // The ticket that they have tells how long they've been there.
    if (!entered.ok) {
      const errors = errorsOf(entered.error);
      again(errors, 422, errors.whole ? undefined : (fields.get('ticket') ?? undefined));
      return;
    }
    try {
      await this.submissions.submit(id, entered.value, ip);
      sendTo(reply, `/sign-up/${id}/sent`);
    } catch (error) {
      const whole = error instanceof ProblemError ? wholes[error.code] : undefined;
      if (whole === undefined) throw error;
      const keepsTicket = whole === 'tooFast' ? entered.value.ticket : undefined;
      again({ fields: [], whole }, whole === 'outdated' ? 409 : 422, keepsTicket);
    }
  }

  private async askToLook(text: string, reply: FastifyReply): Promise<void> {
    const form = await this.submissions.openForm(idIn(text));
    sendPage(reply, sayingPage('sent', languageOf(form.consentText.language)));
  }
}
