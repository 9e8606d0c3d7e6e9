import type { Actor } from '#libs/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Role } from './roles.js';

/** Who holds the API key or the token that a request came with. */
export interface Caller {
  /** Opaque: an API key's public id, or `oidc_` and a keyed digest of a token's issuer and subject. */
  readonly keyId: string;
  /** One for an API key; a token may name several, or none that's known here. */
  readonly roles: readonly Role[];
  /** As it's written into events. */
  readonly actor: Actor;
}

/** Programs act as services. Somebody with any other role besides is a person. */
export const callerWith = (keyId: string, roles: readonly Role[]): Caller => {
  const isProgram = roles.length > 0 && roles.every((role) => role === 'service');
  return { keyId, roles, actor: { kind: isProgram ? 'service' : 'user', id: keyId } };
};

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
