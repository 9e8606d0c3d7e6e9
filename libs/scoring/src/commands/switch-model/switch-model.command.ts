import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';

import type { Outcome } from '../outcome.js';

/** Makes another model the live one. Refused with `model-unknown` and `model-retired`. */
export class SwitchModelCommand extends Command<Outcome> {
  constructor(
    readonly version: number,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
