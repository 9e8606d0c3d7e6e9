export * from './fields.js';
export * from './personal-fields.js';
export * from './versions.js';
