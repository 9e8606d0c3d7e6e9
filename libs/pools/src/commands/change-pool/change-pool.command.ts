import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { PoolUpdate } from '../../pool/pool-decider.js';
import type { Outcome } from '../outcome.js';

/** As a merge patch. Refused with `pool-unknown`, `pool-closed`, `criteria-invalid`, and for what doesn't go with its kind. */
export class ChangePoolCommand extends Command<Outcome> {
  constructor(
    readonly poolId: string,
    readonly update: PoolUpdate,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
