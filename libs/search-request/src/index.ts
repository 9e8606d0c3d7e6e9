export * from './asked-search.dto.js';
export { OptionalOne } from './nested.js';
export * from './search-criteria.dto.js';
export { searchErrors } from './search-errors.js';
export { wordProblems } from './word-problems.js';
