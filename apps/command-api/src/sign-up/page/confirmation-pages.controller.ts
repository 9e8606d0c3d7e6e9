import { Public } from '#libs/access';
import { SignUpForms, type KnownForm } from '#libs/sign-up';
import { languageOf, SignUpConfirmation } from '#libs/sign-up-intake';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { confirmationPage } from './confirmation-page.js';
import { sayingPage } from './saying-page.js';
import { languageAsked, orSaying, sendAway, sendPage } from './send-page.js';

const thanks = (form: KnownForm) => sayingPage('confirmed', languageOf(form.consentText.language));

/**
 * Where the link of the message leads. Scanners of mail open links, so that opening it changes nothing: a person presses the
 * button.
 */
@ApiExcludeController()
@Public()
@Controller('sign-up/confirmations')
export class ConfirmationPagesController {
  constructor(
    private readonly confirmation: SignUpConfirmation,
    private readonly forms: SignUpForms,
  ) {}

  @Get(':token')
  async look(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await orSaying(request, reply, this.ask(token, request, reply));
  }

  @Post(':token')
  async press(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await orSaying(request, reply, this.confirm(token, request, reply));
  }

  private async ask(token: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const found = await this.confirmation.look(token);
    const form = found && (await this.forms.find(found.kind === 'pending' ? found.submission.formId : found.formId));
    if (!found || !form) {
      sendPage(reply, sayingPage('linkGone', languageAsked(request)), 404);
      return;
    }
    if (found.kind === 'confirmed') sendPage(reply, thanks(form));
    else sendPage(reply, confirmationPage(form, found.submission, `/sign-up/confirmations/${token}`));
  }

  private async confirm(token: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const formId = await this.confirmation.confirm(token, request.correlationId);
    const form = formId === undefined ? undefined : await this.forms.find(formId);
    if (!form) sendPage(reply, sayingPage('linkGone', languageAsked(request)), 404);
    else if (form.redirectUrl !== undefined) sendAway(reply, form.redirectUrl);
    else sendPage(reply, thanks(form));
  }
}
