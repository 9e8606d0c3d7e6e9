import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Outcome } from '../outcome.js';

/** Lets nobody get another value. Refused with `custom-field-unknown`. */
export class RetireCustomFieldCommand extends Command<Outcome> {
  constructor(
    readonly key: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
