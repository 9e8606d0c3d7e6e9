export * from './membership-events.js';
export * from './pool-events.js';
