import { readRateOptions, type RateOptions } from './limits/rate-options.js';
import { readOidcOptions, type OidcOptions } from './oidc/oidc-options.js';

export interface AccessOptions {
  /** Undefined: API keys only. */
  readonly oidc: OidcOptions | undefined;
  readonly rates: RateOptions;
}

/** Tests override this provider; apps have what the environment says. */
export const ACCESS_OPTIONS = Symbol('AccessOptions');

/** Throws an Error that names what's missing or wrong: then the app doesn't start. */
export const readAccessOptions = (env: NodeJS.ProcessEnv = process.env): AccessOptions => ({
  oidc: readOidcOptions(env),
  rates: readRateOptions(env),
});
