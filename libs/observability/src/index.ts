export * from './correlation-id.js';
export * from './error-serializer.js';
export * from './logger.js';
export * from './metrics.js';
export * from './observability.module.js';
export * from './request-log.js';
export * from './tracing.js';
