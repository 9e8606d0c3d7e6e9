export * from './access.guard.js';
export * from './access.module.js';
export * from './api-key.js';
export * from './api-keys.js';
export * from './caller.js';
export * from './first-keys.js';
export * from './roles.js';
export * from './route-roles.js';
