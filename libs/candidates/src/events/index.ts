export * from './application-events.js';
export * from './attachment-events.js';
export * from './background-events.js';
export * from './candidate-events.js';
export * from './classification-events.js';
export * from './engagement-events.js';
export * from './note-events.js';
export type { Normalised } from './normalised.js';
export * from './relationship-events.js';
