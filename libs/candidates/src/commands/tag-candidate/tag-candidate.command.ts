import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Outcome } from '../outcome.js';

/** Adds and removes tags in one step; what's in both lists stays. */
export class TagCandidateCommand extends Command<Outcome> {
  constructor(
    readonly candidateId: string,
    readonly tags: { readonly add: readonly string[]; readonly remove: readonly string[] },
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
