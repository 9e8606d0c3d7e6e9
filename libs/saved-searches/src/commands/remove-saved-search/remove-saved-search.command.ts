import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Asker } from '../../saved-search/saved-search-decider.js';
import type { Outcome } from '../outcome.js';

/** Refused with `saved-search-unknown`, also where it's somebody else's own. */
export class RemoveSavedSearchCommand extends Command<Outcome> {
  constructor(
    readonly savedSearchId: string,
    readonly by: Asker,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
