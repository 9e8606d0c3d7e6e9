import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessRefusedError } from './access-refusal.js';
import './caller.js';
import { Callers } from './callers.js';
import { RateLimits } from './limits/rate-limits.js';
import { ACCESS_METADATA, type Declaration, type Role } from './roles.js';

const bearer = /^Bearer +(\S+)$/i;

const forbidden = (declared: readonly Role[] | undefined, roles: readonly Role[]): AccessRefusedError => {
  if (declared === undefined) return new AccessRefusedError('forbidden', 'No role may call this route.');
  const yours = roles.length === 0 ? 'you have none' : `you have ${roles.join(', ')}`;
  return new AccessRefusedError('forbidden', `This needs one of the roles ${declared.join(', ')}; ${yours}.`);
};

/**
 * Lets a request in if its caller calls no more often than it may and has one of the roles that the route declares.
 * A route that declares nothing lets nobody in.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const declared = this.reflector.getAllAndOverride<Declaration | undefined>(ACCESS_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (declared === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const credential = bearer.exec(request.headers.authorization ?? '')?.[1];
    const caller = await this.callers.identify(credential, request.ip);
    void context.switchToHttp().getResponse<FastifyReply>().headers(this.limits.count(caller));
    if (!declared || !caller.roles.some((role) => declared.includes(role))) throw forbidden(declared, caller.roles);
    request.caller = caller;
    return true;
  }
}
