import type { FastifyInstance } from 'fastify';
import { CORRELATION_HEADER, correlationIdFrom } from './correlation-id.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';
import { runInContext } from './request-context.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of everything that this request causes. */
    correlationId: string;
  }
}

/** Called by machines every few seconds; logged only at `debug`. */
const isProbe = (route: string): boolean => route.startsWith('/health') || route === '/metrics';

/**
 * Gives every request its correlation id, echoes it, counts it, and logs one line per request: method, route template, status and
 * duration in milliseconds. Never the URL, query, headers or body: those hold personal data.
 */
export const installRequestLog = (fastify: FastifyInstance, logger: Logger, metrics: Metrics): void => {
  fastify.decorateRequest('correlationId', '');
  fastify.addHook('onRequest', (request, reply, done) => {
    request.correlationId = correlationIdFrom(request.headers[CORRELATION_HEADER]);
    void reply.header(CORRELATION_HEADER, request.correlationId);
    runInContext({ correlationId: request.correlationId }, done);
  });
  // A body is read in callbacks of its socket, which don't belong to the context: enter it again.
  fastify.addHook('preValidation', (request, _reply, done) => {
    runInContext({ correlationId: request.correlationId }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    metrics.served(request.method, route, reply.statusCode, reply.elapsedTime);
    const line = {
      correlationId: request.correlationId,
      method: request.method,
      route,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (reply.statusCode >= 500) logger.error(line, 'request failed');
    else if (isProbe(route)) logger.debug(line, 'request served');
    else logger.info(line, 'request served');
    done();
  });
};
