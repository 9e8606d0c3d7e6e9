import { networkOf, TokenBuckets } from '#libs/access';
import { ProblemError, retryAfter } from '#libs/http';
import type { SignUpSettings } from './sign-up-settings.js';

/** A form takes as much as so many networks at once: what a botnet may do is bounded, too. */
const NETWORKS = 50;

/** How often a network may submit, and how often a form may be submitted, in this process. */
export class SignUpRates {
  private readonly networks: TokenBuckets | undefined;
  private readonly forms: TokenBuckets | undefined;

  constructor({ rate }: Pick<SignUpSettings, 'rate'>) {
    if (!rate) return;
    this.networks = new TokenBuckets(rate);
    this.forms = new TokenBuckets({ perSecond: rate.perSecond * NETWORKS, burst: rate.burst * NETWORKS });
  }

  /** Throws a 429 problem. */
  count(formId: string, address: string): void {
    const waits = [this.networks?.take(networkOf(address)), this.forms?.take(formId)];
    const wait = Math.max(...waits.map((taken) => taken?.waitSeconds ?? 0));
    if (wait > 0)
      throw new ProblemError(429, 'too-many-requests', {
        detail: 'This form was submitted too often. Wait as long as Retry-After says.',
        headers: retryAfter(Math.ceil(wait)),
      });
  }
}
