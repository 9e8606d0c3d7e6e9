import { EmailOutbox } from '#libs/email';
import { CLOCK, systemClock, type Clock } from '#libs/kernel';
import { Digests } from '#libs/privacy';
import { SignUpModule } from '#libs/sign-up';
import { PendingSignUps, SignUpAddressee, SignUpConfirmation } from '#libs/sign-up-intake';
import { Module } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ConfirmationPagesController } from './page/confirmation-pages.controller.js';
import { FormPagesController } from './page/form-pages.controller.js';
import { ShownFormController } from './shown-form.controller.js';
import { PublicAddress } from './submitting/public-address.js';
import { readSignUpSettings, SIGN_UP_SETTINGS } from './submitting/sign-up-settings.js';
import { SignUpSubmissions } from './submitting/sign-up-submissions.js';
import { SubmissionsController } from './submitting/submissions.controller.js';

/** What somebody without a key may do with sign-up forms. Needs the global CommandRunner, CommandBus, vault and KnownPeople. */
@Module({
  imports: [SignUpModule],
  controllers: [ShownFormController, SubmissionsController, ConfirmationPagesController, FormPagesController],
  providers: [
    { provide: CLOCK, useValue: systemClock },
    { provide: SIGN_UP_SETTINGS, useFactory: () => readSignUpSettings() },
    EmailOutbox,
    PendingSignUps,
    PublicAddress,
    SignUpAddressee,
    SignUpSubmissions,
    {
      provide: SignUpConfirmation,
      inject: [PendingSignUps, SignUpAddressee, CommandBus, Digests, CLOCK],
      useFactory: (
        pending: PendingSignUps,
        addressee: SignUpAddressee,
        commands: CommandBus,
        digests: Digests,
        clock: Clock,
      ) => new SignUpConfirmation(pending, addressee, commands, digests, clock),
    },
  ],
})
export class SignUpRoutesModule {}
