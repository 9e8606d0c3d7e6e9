import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { SignUpFormChanged } from '../../events/sign-up-form-events.js';
import type { Outcome } from '../outcome.js';

/** As a merge patch. Refused with `form-unknown`, and `text-without-version` for another text under a known version. */
export class ChangeFormCommand extends Command<Outcome> {
  constructor(
    readonly formId: string,
    readonly changes: SignUpFormChanged,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
