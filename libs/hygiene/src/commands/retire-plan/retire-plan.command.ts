import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Outcome } from '../outcome.js';

/** Refused with `hygiene-plan-unknown`. */
export class RetirePlanCommand extends Command<Outcome> {
  constructor(
    readonly planId: string,

    readonly meta: CommandMeta,
  ) {
    super();
  }
}
