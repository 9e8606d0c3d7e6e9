import { describe, expect, it } from '@jest/globals';
import { callerWith } from '../caller.js';
import { AccessRefusedError } from '../access-refusal.js';
import { networkOf } from './client-address.js';
import { readRateOptions } from './rate-options.js';
import { RateLimits } from './rate-limits.js';
import { TokenBuckets } from './token-buckets.js';

describe('a token bucket', () => {
  it('gives its burst at once and then as much as is refilled, to each name apart', () => {
    let now = 100;
    const buckets = new TokenBuckets({ perSecond: 2, burst: 3 }, () => now);
    const taken = (name: string) => buckets.take(name);
    expect([taken('a'), taken('a'), taken('a')].map(({ remaining }) => remaining)).toEqual([2, 1, 0]);
    expect(taken('a')).toEqual({ allowed: false, remaining: 0, waitSeconds: expect.closeTo(0.5) });
    expect(taken('b')).toMatchObject({ allowed: true, remaining: 2 });
    now += 0.5;
    expect(taken('a')).toMatchObject({ allowed: true, remaining: 0 });
    expect(taken('a')).toMatchObject({ allowed: false });
    now += 3_600;
    expect(taken('a')).toMatchObject({ allowed: true, remaining: 2 });
  });

  it('lets through its rate over a long time, whatever is asked', () => {
    let now = 0;
    const buckets = new TokenBuckets({ perSecond: 50, burst: 100 }, () => now);
    let allowed = 0;
    for (; now < 60; now += 0.001) if (buckets.take('x').allowed) allowed += 1;
    expect(allowed).toBeGreaterThanOrEqual(3_095);
    expect(allowed).toBeLessThanOrEqual(3_101);
  });

  it('tells the wait without taking', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, () => 5);
    expect(buckets.waitSeconds('x')).toBe(0);
    expect(buckets.waitSeconds('x')).toBe(0);
    buckets.take('x');
    expect(buckets.waitSeconds('x')).toBeCloseTo(1);
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:1:2::', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('the rates', () => {
  it('are read, and 0 is no limit', () => {
    const env = { RAPPORT_RATE_SERVICE: '10', RAPPORT_RATE_PEOPLE: '0.5', RAPPORT_RATE_FAILURES: '0' };
    expect(readRateOptions(env)).toEqual({
      services: { perSecond: 10, burst: 20 },
      people: { perSecond: 0.5, burst: 1 },
      failures: undefined,
    });
    for (const value of ['-1', 'many', 'Infinity']) {
      expect(() => readRateOptions({ RAPPORT_RATE_PEOPLE: value })).toThrow('RAPPORT_RATE_PEOPLE');
    }
  });

  it('let the busiest service do what the bench asks for', () => {
    expect(readRateOptions({}).services?.perSecond).toBeGreaterThanOrEqual(2 * 2_000);
  });

  it('tell a caller what is left, and when to come back', () => {
    const limits = new RateLimits(readRateOptions({ RAPPORT_RATE_PEOPLE: '0.1' }));
    const ada = callerWith('ada', ['analyst']);
    expect(limits.count(ada)).toEqual({ 'ratelimit-policy': '"people";q=1;w=10', ratelimit: '"people";r=0' });
    let refused: unknown;
    try {
      limits.count(ada);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(AccessRefusedError);
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '10', ratelimit: '"people";r=0;t=10' } });
    expect(limits.count(callerWith('bob', ['analyst']))).toBeDefined();
  });

  it('refuse an address that has failed too often, and no other', () => {
    const limits = new RateLimits(readRateOptions({ RAPPORT_RATE_FAILURES: '0.02' }));
    expect(() => limits.countFailure('192.0.2.7')).not.toThrow();
    expect(() => limits.countFailure('192.0.2.7')).not.toThrow();
    expect(() => limits.assertMayTry('::ffff:192.0.2.7')).toThrow(AccessRefusedError);
    expect(() => limits.assertMayTry('192.0.2.8')).not.toThrow();
  });
});
