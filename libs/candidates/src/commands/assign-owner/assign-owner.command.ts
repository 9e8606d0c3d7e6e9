import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Ownership } from '../../events/index.js';
import type { Outcome } from '../outcome.js';

/** The opaque id of a person or a team, and why they have it now; null leaves the candidate without an owner. */
export class AssignOwnerCommand extends Command<Outcome> {
  constructor(
    readonly candidateId: string,
    readonly ownership: Ownership,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
