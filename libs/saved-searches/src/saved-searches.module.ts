import { Module } from '@nestjs/common';
import { ChangeSavedSearchHandler } from './commands/change-saved-search/change-saved-search.handler.js';
import { RemoveSavedSearchHandler } from './commands/remove-saved-search/remove-saved-search.handler.js';
import { SaveSearchHandler } from './commands/save-search/save-search.handler.js';

/** The command side of saved searches. Needs CqrsModule, EventStoreModule and PrivacyModule. */
@Module({ providers: [SaveSearchHandler, ChangeSavedSearchHandler, RemoveSavedSearchHandler] })
export class SavedSearchesModule {}
