export * from './bands.js';
export * from './decay.js';
export * from './weights.js';
