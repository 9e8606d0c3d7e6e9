import { Module } from '@nestjs/common';
import { ChangeFormHandler } from './commands/change-form/change-form.handler.js';
import { DefineFormHandler } from './commands/define-form/define-form.handler.js';
import { SignUpForms } from './sign-up-forms.js';

/** The command side of sign-up forms. Needs CqrsModule and EventStoreModule. */
@Module({ providers: [DefineFormHandler, ChangeFormHandler, SignUpForms], exports: [SignUpForms] })
export class SignUpModule {}
