import type { Caller } from '../caller.js';
import { AccessRefusedError } from '../access-refusal.js';
import { networkOf } from './client-address.js';
import type { RateOptions } from './rate-options.js';
import { TokenBuckets, type Taken } from './token-buckets.js';

export type RateHeaders = Readonly<Record<string, string>>;

const NONE: RateHeaders = {};

const tooMany = (message: string, waitSeconds: number, headers: RateHeaders = NONE): AccessRefusedError =>
  new AccessRefusedError('too-many-requests', message, {
    ...headers,
    'retry-after': String(Math.max(1, Math.ceil(waitSeconds))),
  });

/** Buckets, and their policy as draft-ietf-httpapi-ratelimit-headers writes it. */
class Limit {
  private readonly buckets: TokenBuckets;
  private readonly policy: string;

  constructor(
    private readonly name: string,
    options: TokenBuckets['options'],
  ) {
    this.buckets = new TokenBuckets(options);
    this.policy = `"${name}";q=${options.burst};w=${Math.max(1, Math.round(options.burst / options.perSecond))}`;
  }

  take(key: string): { readonly taken: Taken; readonly headers: RateHeaders } {
    const taken = this.buckets.take(key);
    const reset = taken.allowed ? '' : `;t=${Math.max(1, Math.ceil(taken.waitSeconds))}`;
    const headers = {
      'ratelimit-policy': this.policy,
      ratelimit: `"${this.name}";r=${taken.remaining}${reset}`,
    };
    return { taken, headers };
  }
}

/** How often each caller, and each address that fails to show who it is, may call this process. */
export class RateLimits {
  private readonly services: Limit | undefined;
  private readonly people: Limit | undefined;
  private readonly failures: TokenBuckets | undefined;

  constructor({ services, people, failures }: RateOptions) {
    this.services = services && new Limit('service', services);
    this.people = people && new Limit('people', people);
    this.failures = failures && new TokenBuckets(failures);
  }

  /** Counts a request; gives the headers that tell its caller what's left. Throws AccessRefusedError (429). */
  count({ keyId, actor }: Caller): RateHeaders {
    const limit = actor.kind === 'service' ? this.services : this.people;
    if (!limit) return NONE;
    const { taken, headers } = limit.take(keyId);
    if (taken.allowed) return headers;
    throw tooMany(
      'You call more often than you may. Wait as long as Retry-After says, then go on more slowly.',
      taken.waitSeconds,
      headers,
    );
  }

  /** Throws AccessRefusedError (429) where an address has shown too many keys or tokens that aren't valid. */
  assertMayTry(address: string): void {
    const wait = this.failures?.waitSeconds(networkOf(address)) ?? 0;
    if (wait > 0)
      throw tooMany(
        'Too many keys or tokens from your address were not valid. Wait as long as Retry-After says.',
        wait,
      );
  }

  /** Counts a key or token that wasn't valid. Throws as `assertMayTry` does. */
  countFailure(address: string): void {
    if (this.failures?.take(networkOf(address)).allowed === false) this.assertMayTry(address);
  }
}
