import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Outcome } from '../outcome.js';

/** Refused with `pool-unknown`. `reason` is a code. */
export class ClosePoolCommand extends Command<Outcome> {
  constructor(
    readonly poolId: string,
    readonly reason: string | undefined,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
