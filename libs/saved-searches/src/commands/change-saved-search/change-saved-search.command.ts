import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { SavedSearchChanged } from '../../events/saved-search-events.js';
import type { Asker } from '../../saved-search/saved-search-decider.js';
import type { Outcome } from '../outcome.js';

/** As a merge patch. Refused with `saved-search-unknown`, also where it's somebody else's own. */
export class ChangeSavedSearchCommand extends Command<Outcome> {
  constructor(
    readonly savedSearchId: string,
    readonly changes: SavedSearchChanged,
    readonly by: Asker,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
