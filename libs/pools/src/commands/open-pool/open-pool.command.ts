import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { NewPool } from '../../pool/pool-decider.js';
import type { Outcome } from '../outcome.js';

/** Refused with `pool-exists`, `criteria-missing`, `criteria-invalid`, and for what doesn't go with its kind. */
export class OpenPoolCommand extends Command<Outcome> {
  constructor(
    readonly poolId: string,
    readonly pool: NewPool,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
