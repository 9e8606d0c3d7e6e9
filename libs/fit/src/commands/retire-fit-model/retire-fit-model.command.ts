import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Outcome } from '../outcome.js';

/** Has no search go by a model any more. Refused with `model-unknown`. */
export class RetireFitModelCommand extends Command<Outcome> {
  constructor(
    readonly name: string,
    readonly version: number,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
