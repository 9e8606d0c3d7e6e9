export * from './clock.js';
export * from './decider.js';
export * from './event-definition.js';
export * from './ids.js';
export * from './refusal.js';
export * from './result.js';
export * from './stored-event.js';
