import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { SavedSearchSaved } from '../../events/saved-search-events.js';
import type { Outcome } from '../outcome.js';

/** Refused with `saved-search-exists` for an id that's taken. */
export class SaveSearchCommand extends Command<Outcome> {
  constructor(
    readonly savedSearchId: string,
    readonly saved: SavedSearchSaved,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
