export * from './contact-index.js';
export * from './digests.js';
export * from './key-vault.js';
export * from './privacy.module.js';
export * from './sealed-box.js';
export * from './sealed-fields.js';
export * from './secrets.js';
