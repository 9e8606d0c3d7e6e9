import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { channels, purposes } from '../events/index.js';
import { onePermission } from './one-permission.js';
import { permissionIntervals } from './permission-intervals.js';
import { emptyLedger, entered, mayContact, type ContactLedger, type LedgerEvent } from './permission.js';

/** `onDay`: told with the date only. */
type Entry = { readonly minute: number; readonly event: LedgerEvent; readonly onDay?: boolean };

/** Midnight is in the middle of what's told. */
const START = Date.UTC(2026, 0, 1, 23, 45);
const DAY = 86_400_000;
const minute = (n: number): Date => new Date(START + n * 60_000);
const text = (n: number): string => minute(n).toISOString();
const ledgerOf = (entries: readonly Entry[]): ContactLedger =>
  entries.reduce((ledger, { event: said, minute: n, onDay = false }) => {
    const at = minute(n).getTime();
    const occurredAt = new Date(onDay ? at - (at % DAY) : at);
    return entered(ledger, { ...said, occurredAt, timePrecision: onDay ? 'day' : 'instant' });
  }, emptyLedger);
const given = (n: number, terms: object = {}): Entry => ({
  minute: n,
  event: {
    type: 'candidate.consent-given',
    data: { purpose: 'newsletter', channel: 'email', basis: 'consent', evidence: { kind: 'form' }, ...terms },
  },
});
const happened = (n: number, event: LedgerEvent): Entry => ({ minute: n, event });
const newsletter = { purpose: 'newsletter', channel: 'email' } as const;

const when = fc.nat(30);
const purpose = fc.constantFrom('newsletter', 'job-alerts');
const channel = fc.constantFrom('email', 'sms');
const topic = fc.constantFrom(undefined, 'go');
const known = (terms: object): object =>
  Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
/** Times as a writer may put them: with and without milliseconds. */
const later = fc.tuple(when, fc.boolean()).map(([n, short]) => (short ? text(n).replace('.000', '') : text(n)));
const event: fc.Arbitrary<LedgerEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ purpose, channel, topic, expiresAt: fc.option(later, { nil: undefined }) })
      .map((terms) => given(0, known(terms)).event),
  },
  fc
    .record({
      purpose: fc.option(purpose, { nil: undefined }),
      channel: fc.option(channel, { nil: undefined }),
      topic,
    })
    .map((terms) => ({
      type: 'candidate.consent-withdrawn' as const,
      data: { way: 'reply' as const, ...known(terms) },
    })),
  later.map((until) => ({ type: 'candidate.snoozed' as const, data: { until } })),
  topic.map((left) => ({ type: 'email.unsubscribed' as const, data: known({ topic: left }) })),
  fc.constantFrom<LedgerEvent>(
    { type: 'candidate.snooze-ended', data: {} },
    { type: 'candidate.do-not-contact-set', data: { reason: 'asked' } },
    { type: 'candidate.do-not-contact-lifted', data: {} },
    { type: 'candidate.do-not-contact-lifted', data: {} },
    { type: 'email.complained', data: {} },
    { type: 'email.replied', data: { sentiment: 'unsubscribe' } },
    { type: 'email.replied', data: { sentiment: 'interested' } },
  ),
);
const ledgers = fc.array(fc.record({ minute: when, event, onDay: fc.boolean() }), { maxLength: 14 }).map(ledgerOf);

describe('When somebody may be contacted', () => {
  it('is from a consent on, until something ends it', () => {
    expect(permissionIntervals([], newsletter)).toEqual([]);
    expect(permissionIntervals([ledgerOf([given(1)])], newsletter)).toEqual([{ from: minute(1) }]);
    expect(permissionIntervals([ledgerOf([given(1, { topic: 'go' })])], newsletter)).toEqual([]);
    const history = [
      given(1, { expiresAt: text(20) }),
      happened(5, { type: 'candidate.snoozed', data: { until: text(8) } }),
      happened(10, { type: 'email.unsubscribed', data: {} }),
      given(12, { expiresAt: text(30) }),
    ];
    expect(permissionIntervals([ledgerOf(history)], newsletter)).toEqual([
      { from: minute(1), until: minute(5) },
      { from: minute(8), until: minute(10) },
      { from: minute(12), until: minute(30) },
    ]);
  });

  it('joins what follows without a gap', () => {
    const renewed = [given(1, { expiresAt: text(9) }), given(4), given(9, { textVersion: '2' })];
    expect(permissionIntervals([ledgerOf(renewed)], newsletter)).toEqual([{ from: minute(1) }]);
  });

  it('is exactly when they may be, at every instant and for every occasion, by what was said under one id or several', () => {
    const instants = Array.from({ length: 32 }, (_, n) => START + (n - 1) * 60_000).flatMap((at) => [
      at - 1,
      at,
      at + 1,
    ]);
    fc.assert(
      fc.property(fc.array(ledgers, { minLength: 1, maxLength: 2 }), (each) => {
        for (const occasion of purposes.flatMap((of) => channels.map((on) => ({ purpose: of, channel: on })))) {
          const intervals = permissionIntervals(each, occasion);
          const wrong = instants.filter((at) => {
            const inside = intervals.some(
              ({ from, until }) => from.getTime() <= at && !(until && until.getTime() <= at),
            );
            const [first, ...others] = each.map((ledger) => mayContact(ledger, occasion, new Date(at)));
            return inside !== (first && onePermission([first, ...others]).allowed);
          });
          expect(wrong).toEqual([]);
          for (const [n, { from, until }] of intervals.entries()) {
            if (until) expect(from < until).toBe(true);
            if (n > 0) expect(Number(intervals[n - 1]?.until)).toBeLessThan(from.getTime());
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
