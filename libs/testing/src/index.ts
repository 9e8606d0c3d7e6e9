export * from './contact-index-in-memory.js';
export * from './given-when-then.js';
export * from './golden-samples.js';
export * from './streams-in-memory.js';
