export { ChangeSavedSearchCommand } from './commands/change-saved-search/change-saved-search.command.js';
export { RemoveSavedSearchCommand } from './commands/remove-saved-search/remove-saved-search.command.js';
export { SaveSearchCommand } from './commands/save-search/save-search.command.js';
export * from './events/saved-search-events.js';
export type { Asker } from './saved-search/saved-search-decider.js';
export { SavedSearchesModule } from './saved-searches.module.js';
