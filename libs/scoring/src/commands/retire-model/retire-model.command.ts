import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';

import type { Outcome } from '../outcome.js';

/** Has nobody scored by a model any more. Refused with `model-unknown`, `model-live` and `model-built-in`. */
export class RetireModelCommand extends Command<Outcome> {
  constructor(
    readonly version: number,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
