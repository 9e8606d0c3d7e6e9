import { LRUCache } from 'lru-cache';

export interface BucketOptions {
  /** Refilled per second. */
  readonly perSecond: number;
  /** How many may be taken at once from a full one. */
  readonly burst: number;
}

export interface Taken {
  readonly allowed: boolean;
  /** What's left; whole. */
  readonly remaining: number;
  /** Seconds until one more can be taken, where none was. */
  readonly waitSeconds: number;
}

/** Those who haven't called for longest are forgotten, which fills their bucket. */
const REMEMBERED = 20_000;

/**
 * Token buckets by name. One number is kept for each: the time at which its bucket will be full again (the generic cell
 * rate algorithm), so a take is a look-up and a few additions.
 */
export class TokenBuckets {
  private readonly fullAt = new LRUCache<string, number>({ max: REMEMBERED });
  private readonly secondsEach: number;
  private readonly secondsToFill: number;

  /** @param now seconds on a clock that never goes back */
  constructor(
    readonly options: BucketOptions,
    private readonly now: () => number = () => performance.now() / 1_000,
  ) {
    this.secondsEach = 1 / options.perSecond;
    this.secondsToFill = options.burst * this.secondsEach;
  }

  take(name: string): Taken {
    const now = this.now();
    const fullAt = Math.max(now, this.fullAt.get(name) ?? 0) + this.secondsEach;
    const wait = fullAt - now - this.secondsToFill;
    if (wait > 1e-9) return { allowed: false, remaining: 0, waitSeconds: wait };
    this.fullAt.set(name, fullAt);
    return {
      allowed: true,
      remaining: Math.floor(this.options.burst - (fullAt - now) / this.secondsEach + 1e-9),
      waitSeconds: 0,
    };
  }

  /** Seconds until one could be taken; 0 where one can. Takes none. */
  waitSeconds(name: string): number {
    const now = this.now();
    return Math.max(0, Math.max(now, this.fullAt.get(name) ?? 0) + this.secondsEach - now - this.secondsToFill - 1e-9);
  }
}
