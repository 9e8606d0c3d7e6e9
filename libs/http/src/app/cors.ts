import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HttpOptions } from './http-options.js';

const PREFLIGHT_SECONDS = 600;

/** Lets the pages of these origins call from browsers. Without any, nothing is said, and so browsers let none. */
export const installCors = (app: NestFastifyApplication, { corsOrigins }: HttpOptions): void => {
  if (corsOrigins.length === 0) return;
  app.enableCors({
    origin: [...corsOrigins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'x-correlation-id'],
    exposedHeaders: ['etag', 'retry-after', 'ratelimit', 'ratelimit-policy', 'x-correlation-id'],
    // Callers show a key or a token themselves: a cookie says nothing here.
    credentials: false,
    maxAge: PREFLIGHT_SECONDS,
  });
};
