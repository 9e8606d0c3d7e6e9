import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Outcome } from '../outcome.js';

/** `owner`: the opaque id of a user or a team; null leaves the candidate without one. */
export class AssignOwnerCommand extends Command<Outcome> {
  constructor(
    readonly candidateId: string,
    readonly owner: string | null,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
