import { numberSetting } from '#libs/settings';
import type { BucketOptions } from './token-buckets.js';

/** How often may be called, in each process; undefined is as often as one likes. */
export interface RateOptions {
  /** Each caller with the role service and no other. */
  readonly services: BucketOptions | undefined;
  /** Each other caller. */
  readonly people: BucketOptions | undefined;
  /** Keys and tokens that are not valid, from each address. */
  readonly failures: BucketOptions | undefined;
}

/** A second's worth of calls may be saved up for this many seconds. */
const BURST_SECONDS = 2;

/** Twice what one process accepts on two cores (`npm run bench`): it stops a program that runs wild, never a busy one. */
const SERVICE_PER_SECOND = 5_000;
/** A loop that runs wild is stopped, a console that polls and a report are not; what dear queries cost is bounded apart. */
const PEOPLE_PER_SECOND = 500;
/** Nobody mistypes a key five times a second, and one look-up each costs PostgreSQL nothing at that rate. */
const FAILURES_PER_SECOND = 5;
const FAILURES_BURST = 300;

/** More than any process answers: whoever wants that many wants no limit, which is 0. */
const MOST_PER_SECOND = 1_000_000;
const PER_SECOND = { from: 0, to: MOST_PER_SECOND, what: 'requests a second' };

const bucket = (perSecond: number, burst: number): BucketOptions | undefined =>
  perSecond === 0 ? undefined : { perSecond, burst: Math.max(1, Math.ceil(burst)) };

/** Throws an Error that names what's wrong. */
export const readRateOptions = (env: NodeJS.ProcessEnv): RateOptions => {
  const services = numberSetting(env, 'RAPPORT_RATE_SERVICE', PER_SECOND) ?? SERVICE_PER_SECOND;
  const people = numberSetting(env, 'RAPPORT_RATE_PEOPLE', PER_SECOND) ?? PEOPLE_PER_SECOND;
  const failures = numberSetting(env, 'RAPPORT_RATE_FAILURES', PER_SECOND) ?? FAILURES_PER_SECOND;
  return {
    services: bucket(services, services * BURST_SECONDS),
    people: bucket(people, people * BURST_SECONDS),
    failures: bucket(failures, (failures / FAILURES_PER_SECOND) * FAILURES_BURST),
  };
};
