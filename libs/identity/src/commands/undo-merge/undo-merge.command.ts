import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { IdentityOutcome } from '../outcome.js';

/** Refused with `merge-unknown`. */
export class UndoMergeCommand extends Command<IdentityOutcome> {
  constructor(
    readonly mergeId: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
