export * from './columns.js';
export * from './database.js';
export * from './failures.js';
export * from './migrate.js';
export * from './read-store.module.js';
export * from './set-writers.js';
export * from './table.js';
export * from './table-definition.js';
