import type { Actor } from '#libs/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Role } from './roles.js';

/** Who holds the key that a request came with. */
export interface Caller {
  readonly keyId: string;
  readonly role: Role;
  /** As it's written into events. */
  readonly actor: Actor;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard; absent on public routes. */
    caller?: Caller;
  }
}

/** The caller that the guard let in. Throws on public routes, which have none: that's a bug. */
export const callerOf = (request: FastifyRequest): Caller => {
  if (!request.caller) throw new Error('A public route asked who calls it.');
  return request.caller;
};

/** Parameter decorator: the caller. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
