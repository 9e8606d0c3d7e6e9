import type { FastifyInstance } from 'fastify';
import type { HttpOptions } from './http-options.js';

/** An answer for programs has nothing that a browser should load or frame. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'";
/** The docs page and the status page: files of ours, the styles they set themselves, and pictures inside those. */
const OWN_PAGE =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Of an answer that isn't a page. */
export const securityHeaders = ({ hstsSeconds }: HttpOptions): Readonly<Record<string, string>> => ({
  'x-content-type-options': 'nosniff',
  'content-security-policy': NOTHING,
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  ...(hstsSeconds === undefined ? {} : { 'strict-transport-security': `max-age=${hstsSeconds}; includeSubDomains` }),
});

/**
 * What browsers are told about every answer. Six headers set by hand, because @fastify/helmet's others are for sites
 * with pages, and because its policy can't follow the content type. `no-store`, where an answer didn't say otherwise:
 * nearly all of them are about people.
 */
export const installSecurityHeaders = (fastify: FastifyInstance, options: HttpOptions): void => {
  const always = securityHeaders(options);
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    const type = reply.getHeader('content-type');
    const isPage = typeof type === 'string' && type.startsWith('text/html');
    // A page that knows better what it loads says so itself.
    const own = reply.getHeader('content-security-policy') ?? (isPage ? OWN_PAGE : NOTHING);
    void reply.headers(always).header('content-security-policy', own);
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
};
