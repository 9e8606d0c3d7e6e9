export * from './back-test.js';
export * from './bands.js';
export * from './decay.js';
export * from './model.js';
export * from './models/index.js';
export * from './score.js';
export * from './weights.js';
export * from './what-if.js';
