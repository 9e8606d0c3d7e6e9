import { networkOf, TokenBuckets } from '#libs/access';
import { ProblemError, retryAfter } from '#libs/http';
import type { SignUpSettings } from './sign-up-settings.js';

/** A form takes as much as so many networks at once: what a botnet may do is bounded, too. */
const NETWORKS = 50;
/** Whoever submits a form looks at it first, perhaps with a preflight, and again where something was wrong. */
const LOOKS = 20;

const refuseWhereItWaits = (seconds = 0): void => {
  if (seconds > 0)
    throw new ProblemError(429, 'too-many-requests', {
      detail: 'Too many requests came from there, or for this form. Wait as long as Retry-After says.',
      headers: retryAfter(Math.ceil(seconds)),
    });
};

/** How often a network may look and submit, and how often a form may be submitted, in this process. */
export class SignUpRates {
  private readonly networks: TokenBuckets | undefined;
  private readonly forms: TokenBuckets | undefined;
  private readonly looks: TokenBuckets | undefined;

  constructor({ rate }: Pick<SignUpSettings, 'rate'>) {
    if (!rate) return;
    this.networks = new TokenBuckets(rate);
    this.looks = new TokenBuckets({ perSecond: rate.perSecond * LOOKS, burst: rate.burst * LOOKS });
    this.forms = new TokenBuckets({ perSecond: rate.perSecond * NETWORKS, burst: rate.burst * NETWORKS });
  }

  /** Any request of anybody, before anything is read for it. Throws a 429 problem. */
  countLook(address: string): void {
    refuseWhereItWaits(this.looks?.take(networkOf(address)).waitSeconds);
  }

  /** First of all, and it alone: whoever sends too much takes nothing from the others. Throws a 429 problem. */
  countNetwork(address: string): void {
    refuseWhereItWaits(this.networks?.take(networkOf(address)).waitSeconds);
  }

  /** Once the ticket was judged: whatever never saw the form takes nothing from it. Throws a 429 problem. */
  countForm(formId: string): void {
    refuseWhereItWaits(this.forms?.take(formId).waitSeconds);
  }
}
