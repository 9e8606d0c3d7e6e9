import { callerOf, type Caller } from '#libs/access';
import { parseIdempotencyKey } from '#libs/http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** A request as far as it's about no one: who sent it, and what makes it the same as an earlier one. */
export interface Incoming {
  readonly caller: Caller;
  readonly correlationId: string;
  readonly method: string;
  /** With the ids that are in it, without the query. */
  readonly path: string;
  /** As sent. */
  readonly body: unknown;
  /** The caller's Idempotency-Key; in a bulk request whose key is for all of it, the line's number too. */
  readonly key?: readonly string[];
}

/** Throws a 400 problem for an Idempotency-Key that's unusable. */
export const incomingOf = (request: FastifyRequest): Incoming => {
  const key = parseIdempotencyKey(request.headers['idempotency-key']);
  return {
    caller: callerOf(request),
    correlationId: request.correlationId,
    method: request.method,
    path: request.url.split('?', 1)[0] ?? '',
    body: request.body,
    ...(key === undefined ? {} : { key: [key] }),
  };
};

/** Parameter decorator: the request that a command comes with. */
export const IncomingRequest = createParamDecorator((_data: unknown, context: ExecutionContext): Incoming =>
  incomingOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
