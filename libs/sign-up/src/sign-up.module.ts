import { Module } from '@nestjs/common';
import { ChangeFormHandler } from './commands/change-form/change-form.handler.js';
import { ConfirmSignUpHandler } from './commands/confirm-sign-up/confirm-sign-up.handler.js';
import { DefineFormHandler } from './commands/define-form/define-form.handler.js';
import { ConfirmedSignUps } from './commands/confirmed-sign-ups.js';
import { SignUpForms } from './commands/sign-up-forms.js';

/** The command side of sign-up forms and of who signed up by them. Needs CqrsModule and EventStoreModule. */
@Module({
  providers: [DefineFormHandler, ChangeFormHandler, ConfirmSignUpHandler, SignUpForms, ConfirmedSignUps],
  exports: [SignUpForms, ConfirmedSignUps],
})
export class SignUpModule {}
