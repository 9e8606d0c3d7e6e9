export * from './asked-search.dto.js';
export * from './search-criteria.dto.js';
export { searchErrors } from './search-errors.js';
