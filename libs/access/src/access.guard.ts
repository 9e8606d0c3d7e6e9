import { ForbiddenException, Injectable, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeys } from './api-keys.js';
import './caller.js';
import { ACCESS_METADATA, type Declaration } from './roles.js';

const bearer = /^Bearer +(\S+)$/i;

/** Lets a request in if its key has one of the roles that the route declares. A route that declares nothing lets nobody in. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const declared = this.reflector.getAllAndOverride<Declaration | undefined>(ACCESS_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (declared === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();

    const key = bearer.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined) {
      void reply.header('WWW-Authenticate', 'Bearer realm="rapport"');
      throw new UnauthorizedException('Send your API key: "Authorization: Bearer rk_…".');
    }
    const caller = await this.apiKeys.callerOf(key);
    if (!caller) {
      void reply.header('WWW-Authenticate', 'Bearer realm="rapport", error="invalid_token"');
      throw new UnauthorizedException('This API key is not valid. It may have been revoked.');
    }
    if (declared === undefined || !declared.includes(caller.role)) {
      throw new ForbiddenException(
        declared === undefined
          ? 'No role may call this route.'
          : `This needs a key with one of the roles ${declared.join(', ')}; yours has the role ${caller.role}.`,
      );
    }
    request.caller = caller;
    return true;
  }
}
