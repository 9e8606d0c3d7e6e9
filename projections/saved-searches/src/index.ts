export {
  listSavedSearches,
  savedSearchOf,
  type Looker,
  type SavedSearch,
  type SavedSearchCriteria,
  type SavedSearchList,
} from './queries/saved-searches.query.js';
export { savedSearchesProjection } from './saved-searches.projection.js';
export { savedSearches } from './tables.js';
