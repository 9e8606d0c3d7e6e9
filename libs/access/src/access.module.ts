import { Digests } from '#libs/privacy';
import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ACCESS_OPTIONS, readAccessOptions, type AccessOptions } from './access-options.js';
import { AccessGuard } from './access.guard.js';
import { Callers, TOKEN_CALLERS } from './callers.js';
import { ApiKeys } from './keys/api-keys.js';
import { RateLimits } from './limits/rate-limits.js';
import { TokenCallers } from './oidc/token-callers.js';

const tokenCallers = ({ oidc }: AccessOptions, digests: Digests | undefined): TokenCallers | null => {
  if (!oidc) return null;
  if (!digests) throw new Error('Tokens need the global Digests of PrivacyModule.');
  return new TokenCallers(oidc, digests);
};

/** Guards every route of the app that imports it. Needs the global Database and, where tokens are let in, Digests. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: ACCESS_OPTIONS, useFactory: () => readAccessOptions() },
    { provide: RateLimits, inject: [ACCESS_OPTIONS], useFactory: ({ rates }: AccessOptions) => new RateLimits(rates) },
    { provide: TOKEN_CALLERS, inject: [ACCESS_OPTIONS, { token: Digests, optional: true }], useFactory: tokenCallers },
    ApiKeys,
    Callers,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [ApiKeys, ACCESS_OPTIONS],
})
export class AccessModule {}
