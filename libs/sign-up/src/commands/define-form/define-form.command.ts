import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { SignUpFormDefined } from '../../events/sign-up-form-events.js';
import type { Outcome } from '../outcome.js';

/** Refused with `form-exists` for an id that's taken. */
export class DefineFormCommand extends Command<Outcome> {
  constructor(
    readonly formId: string,
    readonly form: SignUpFormDefined,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
