import { createRemoteJWKSet, errors, type CryptoKey, type FlattenedJWSInput, type JWSHeaderParameters } from 'jose';
import type { OidcOptions } from './oidc-options.js';

/** Thrown where a token can't be judged, because its key isn't known here and the issuer doesn't answer. */
export class IssuerUnavailableError extends Error {
  constructor(cause: unknown) {
    super('The issuer of tokens does not answer with its keys.', { cause });
    this.name = 'IssuerUnavailableError';
  }
}

/** A request waits no longer than this for the issuer. */
const FETCH_MILLISECONDS = 3_000;
/** How soon a key that isn't known may make us ask again: made-up key ids don't load the issuer. */
const COOLDOWN_MILLISECONDS = 5_000;
/** A key that the issuer withdrew counts for this long here. */
const REFRESH_MILLISECONDS = 5 * 60_000;
/** Known keys go on for this long while the issuer doesn't answer. */
const KEEP_MILLISECONDS = 24 * 3_600_000;

type KeySet = ReturnType<typeof createRemoteJWKSet>;

const discover = async (issuer: string): Promise<URL> => {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MILLISECONDS) });
  const document = response.ok ? ((await response.json()) as { issuer?: unknown; jwks_uri?: unknown }) : undefined;
  if (document?.issuer !== issuer || typeof document.jwks_uri !== 'string') {
    throw new Error('The discovery document is not this issuer’s, or names no keys.');
  }
  const url = new URL(document.jwks_uri);
  if (url.protocol !== 'https:' && url.protocol !== new URL(issuer).protocol) {
    throw new Error('The discovery document names keys at an address without TLS.');
  }
  return url;
};

/**
 * The issuer's public keys. Only key id and algorithm of a token choose among them: keys that tokens bring, or point to,
 * never count. Fetched when first needed, then every five minutes beside the requests, and where a key id isn't known.
 */
export class IssuerKeys {
  private set: KeySet | undefined;
  private fetchedAt = -Infinity;
  private failure: { readonly at: number; readonly error: unknown } | undefined;
  private pending: Promise<void> | undefined;

  /** @param now milliseconds on a clock that never goes back */
  constructor(
    private readonly options: Pick<OidcOptions, 'issuer' | 'jwksUrl'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** For jose. Rejects with IssuerUnavailableError, or with jose's error where the issuer has no such key. */
  readonly find = async (header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> => {
    if (!this.set || this.age() > KEEP_MILLISECONDS) await this.refresh();
    else if (this.age() > REFRESH_MILLISECONDS) this.refresh().catch(() => undefined);
    try {
      return await this.known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.age() < COOLDOWN_MILLISECONDS) throw error;
    }
    await this.refresh();
    return this.known(header, token);
  };

  private age(): number {
    return this.now() - this.fetchedAt;
  }

  private known(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    if (!this.set) throw new IssuerUnavailableError(this.failure?.error);
    return this.set(header, token);
  }

  /** One fetch at a time, whoever asks; none right after one that failed. */
  private refresh(): Promise<void> {
    if (this.failure && this.now() - this.failure.at < COOLDOWN_MILLISECONDS) {
      return Promise.reject(new IssuerUnavailableError(this.failure.error));
    }
    this.pending ??= this.fetch().finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async fetch(): Promise<void> {
    try {
      const url = this.options.jwksUrl ?? (await discover(this.options.issuer));
      // When to fetch is decided here: jose would let no token in once its cache has expired and the issuer is down.
      const set = createRemoteJWKSet(url, {
        timeoutDuration: FETCH_MILLISECONDS,
        cacheMaxAge: Infinity,
        cooldownDuration: Infinity,
      });
      await set.reload();
      this.set = set;
      this.fetchedAt = this.now();
      this.failure = undefined;
    } catch (error) {
      this.failure = { at: this.now(), error };
      throw new IssuerUnavailableError(error);
    }
  }
}
