import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { SignUpConfirmed } from '../../events/sign-up-events.js';
import type { Outcome } from '../outcome.js';

/** Refused with `candidate-erased` where the candidate's keys were destroyed. Again, it changes nothing. */
export class ConfirmSignUpCommand extends Command<Outcome> {
  constructor(
    readonly signUpId: string,
    readonly confirmed: SignUpConfirmed,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
