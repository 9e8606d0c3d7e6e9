import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { MergeReason } from '../../events/identity-events.js';
import type { Merge } from '../../merges/people.js';
import type { IdentityOutcome } from '../outcome.js';

/** Refused with `candidate-unknown`, `same-candidate`, `already-one-person`. */
export class MergeCandidatesCommand extends Command<IdentityOutcome> {
  constructor(
    readonly merge: Merge,
    readonly reason: MergeReason,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
