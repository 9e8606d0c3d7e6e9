import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CORRELATION_HEADER, correlationIdFrom } from './correlation-id.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';
import { startRequestSpan, type RequestSpan } from './tracing.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of everything that this request causes. */
    correlationId: string;
    /** Where traces are wanted. */
    span: RequestSpan | undefined;
  }
}

/** Called by machines every few seconds; logged only at `debug`. */
const isProbe = (route: string): boolean => route.startsWith('/health') || route === '/metrics';

/**
 * Gives every request its correlation id, echoes it, counts it, and logs one line per request: method, route template, status and
 * duration in milliseconds. Never the URL, query, headers or body: those hold personal data.
 */
export const installRequestLog = (fastify: FastifyInstance, logger: Logger, metrics: Metrics): void => {
  // Nothing sensitive has a place in these lines: to look for all of it in each took longer than to write them.
  const lines = logger.child({}, { redact: [] });
  fastify.decorateRequest('correlationId', '');
  fastify.decorateRequest('span', undefined);
  const inSpan = ({ span }: FastifyRequest, done: () => void): void => (span ? span.enter(done) : done());
  fastify.addHook('onRequest', (request, reply, done) => {
    request.correlationId = correlationIdFrom(request.headers[CORRELATION_HEADER]);
    void reply.header(CORRELATION_HEADER, request.correlationId);
    request.span = startRequestSpan(request.method, request.headers['traceparent']);
    inSpan(request, done);
  });
  // A body is read in callbacks of its socket, which don't belong to the span: enter it again.
  fastify.addHook('preValidation', (request, _reply, done) => {
    inSpan(request, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    request.span?.end(route, request.method, reply.statusCode);
    metrics.served(request.method, route, reply.statusCode, reply.elapsedTime);
    const line = {
      correlationId: request.correlationId,
      method: request.method,
      route,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (reply.statusCode >= 500) lines.error(line, 'request failed');
    else if (isProbe(route)) lines.debug(line, 'request served');
    else lines.info(line, 'request served');
    done();
  });
};
