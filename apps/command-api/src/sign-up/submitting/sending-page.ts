import type { FastifyRequest } from 'fastify';

/**
 * Whether what was sent comes from a page of ours or of one of these origins, or from no browser's page at all: other
 * programs send no `Origin`. `null` is nobody's, since any page can have it sent by a sandboxed frame. Only where the
 * browser itself says that the page is of the place that it sends to, it's ours whatever `Origin` says: by another name of
 * this server, or a browser that keeps to itself where people come from. No page can set that header.
 * @param own our origin
 */
export const isSentFrom = (
  { headers }: Pick<FastifyRequest, 'headers'>,
  own: string,
  origins: readonly string[],
): boolean =>
  headers.origin === undefined ||
  headers.origin === own ||
  origins.includes(headers.origin) ||
  headers['sec-fetch-site'] === 'same-origin';
