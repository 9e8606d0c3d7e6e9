import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { replySentiments } from '../events/index.js';
import { emptyLedger, entered, mayContact, type ContactLedger, type LedgerEvent, type Obstacle } from './permission.js';
import type { Occasion } from './consent.js';

type ReplySentiment = (typeof replySentiments)[number];
/** `onDay`: told with the date only. */
type Entry = { readonly day: number; readonly event: LedgerEvent; readonly onDay?: boolean };

const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);
const ledgerOf = (entries: readonly Entry[]): ContactLedger =>
  entries.reduce(
    (ledger, { event, day: n, onDay = false }) =>
      entered(ledger, { ...event, occurredAt: day(n), timePrecision: onDay ? 'day' : 'instant' }),
    emptyLedger,
  );
const newsletter: Occasion = { purpose: 'newsletter', channel: 'email' };
const given = (n: number, terms: object = {}): Entry => ({
  day: n,
  event: {
    type: 'candidate.consent-given',
    data: { purpose: 'newsletter', channel: 'email', basis: 'consent', evidence: { kind: 'form' }, ...terms },
  },
});
const withdrawn = (n: number, terms: object = {}): Entry => ({
  day: n,
  event: { type: 'candidate.consent-withdrawn', data: { way: 'reply', ...terms } },
});
const happened = (n: number, event: LedgerEvent): Entry => ({ day: n, event });
const obstacles = (entries: readonly Entry[], n: number, occasion: Occasion = newsletter): Obstacle[] =>
  mayContact(ledgerOf(entries), occasion, day(n)).obstacles.map(({ code }) => code);

describe('Whether somebody may be contacted', () => {
  it('needs a consent for the purpose and on the channel', () => {
    expect(obstacles([], 5)).toEqual(['no-consent']);
    expect(obstacles([given(1)], 0)).toEqual(['no-consent']);
    expect(obstacles([given(1)], 1)).toEqual([]);
    expect(obstacles([given(1)], 5, { purpose: 'newsletter', channel: 'sms' })).toEqual(['no-consent']);
    expect(obstacles([given(1)], 5, { purpose: 'job-alerts', channel: 'email' })).toEqual(['no-consent']);
    expect(mayContact(ledgerOf([given(1)]), newsletter, day(2)).consent).toMatchObject({ at: day(1).toISOString() });
  });

  it('ends with the consent', () => {
    const until = given(1, { expiresAt: day(10).toISOString() });
    expect(obstacles([until], 9)).toEqual([]);
    expect(obstacles([until], 10)).toEqual(['consent-expired']);
    expect(obstacles([until, given(11)], 12)).toEqual([]);
  });

  it('goes by what was said last', () => {
    expect(obstacles([given(1), withdrawn(5)], 4)).toEqual([]);
    expect(obstacles([given(1), withdrawn(5)], 5)).toEqual(['consent-withdrawn']);
    expect(obstacles([given(1), withdrawn(5), given(9)], 9)).toEqual([]);
    expect(obstacles([given(1), withdrawn(5, { purpose: 'job-alerts' })], 9)).toEqual([]);
    expect(obstacles([given(1), withdrawn(5, { channel: 'email' })], 9)).toEqual(['consent-withdrawn']);
    const unsubscribed = happened(6, { type: 'email.unsubscribed', data: {} });
    expect(obstacles([given(1), unsubscribed], 9)).toEqual(['unsubscribed']);
    expect(obstacles([given(1), unsubscribed, given(8)], 9)).toEqual([]);
  });

  it('ends with a reply that asks for no more emails, and with no other reply', () => {
    const replied = (n: number, sentiment: ReplySentiment): Entry =>
      happened(n, { type: 'email.replied', data: { sentiment } });
    expect(obstacles([given(1), replied(5, 'unsubscribe')], 4)).toEqual([]);
    expect(obstacles([given(1), replied(5, 'unsubscribe')], 5)).toEqual(['unsubscribed']);
    expect(obstacles([given(1), replied(5, 'unsubscribe')], 5, { ...newsletter, topic: 'go' })).toEqual([
      'unsubscribed',
    ]);
    expect(obstacles([given(1), replied(5, 'unsubscribe'), given(8)], 9)).toEqual([]);
    for (const sentiment of replySentiments.filter((one) => one !== 'unsubscribe'))
      expect(ledgerOf([given(1), replied(5, sentiment)])).toEqual(ledgerOf([given(1)]));
  });

  it('goes by the end of the day that it was taken back on, where no more is known, and says so from its beginning', () => {
    const [morning, evening] = [5 + 9 / 24, 5 + 23 / 24];
    const unsubscribed = happened(5, { type: 'email.unsubscribed', data: {} });
    for (const [code, told] of [
      ['consent-withdrawn', withdrawn(5)],
      ['unsubscribed', unsubscribed],
    ] as const) {
      const onDay = { ...told, onDay: true };
      expect(obstacles([given(1), onDay], 5)).toEqual([code]);
      expect(obstacles([given(morning), onDay], morning)).toEqual([code]);
      expect(obstacles([given(morning), onDay], evening)).toEqual([code]);
      expect(obstacles([given(morning), onDay], 9)).toEqual([code]);
      expect(obstacles([given(morning), onDay, given(6)], 9)).toEqual([]);
      expect(obstacles([given(morning), told], 9)).toEqual([]);
      expect(obstacles([given(1), onDay], 4.99)).toEqual([]);
    }
  });

  it('knows topics: a consent to one is none to others, and leaving one leaves the rest', () => {
    const go: Occasion = { ...newsletter, topic: 'go' };
    expect(obstacles([given(1, { topic: 'go' })], 2, go)).toEqual([]);
    expect(obstacles([given(1, { topic: 'go' })], 2)).toEqual(['no-consent']);
    expect(obstacles([given(1)], 2, go)).toEqual([]);
    const left = happened(3, { type: 'email.unsubscribed', data: { topic: 'go' } });
    expect(obstacles([given(1), left], 4, go)).toEqual(['unsubscribed']);
    expect(obstacles([given(1), left], 4, { ...newsletter, topic: 'rust' })).toEqual([]);
    expect(obstacles([given(1), left], 4)).toEqual([]);
  });

  it('rests on a consent that still holds where one that was given later ran out', () => {
    const go: Occasion = { ...newsletter, topic: 'go' };
    const ofGo = given(5, { topic: 'go', expiresAt: day(10).toISOString() });
    const general = given(1);
    const restsOn = (n: number, entries: readonly Entry[] = [general, ofGo]): string | undefined =>
      mayContact(ledgerOf(entries), go, day(n)).consent?.at;
    expect(obstacles([general, ofGo], 12, go)).toEqual([]);
    expect([restsOn(3), restsOn(9), restsOn(10)]).toEqual([1, 5, 1].map((n) => day(n).toISOString()));
    // Taken back since it was given, whichever of the two it rests on.
    expect(obstacles([general, withdrawn(3), ofGo], 9, go)).toEqual([]);
    expect(obstacles([general, withdrawn(3), ofGo], 10, go)).toEqual(['consent-withdrawn']);
    expect(obstacles([general, ofGo, withdrawn(7)], 10, go)).toEqual(['consent-withdrawn']);
    // All of them ran out.
    const brief = given(1, { expiresAt: day(8).toISOString() });
    expect(obstacles([brief, ofGo], 12, go)).toEqual(['consent-expired']);
    expect(restsOn(12, [brief, ofGo])).toBe(day(5).toISOString());
    // Newest terms about the same stand in the place of older ones.
    expect(obstacles([given(1, { topic: 'go' }), ofGo], 12, go)).toEqual(['consent-expired']);
    expect(obstacles([general, given(5, { expiresAt: day(10).toISOString() })], 12, go)).toEqual(['consent-expired']);
  });

  it('is out of the question while they are not to be contacted, and after a spam report for email', () => {
    const set = happened(2, { type: 'candidate.do-not-contact-set', data: { reason: 'asked' } });
    const lifted = happened(8, { type: 'candidate.do-not-contact-lifted', data: {} });
    expect(obstacles([given(1), set, given(3)], 4)).toEqual(['do-not-contact']);
    expect(obstacles([given(1), set, lifted], 9)).toEqual([]);
    const complained = happened(2, { type: 'email.complained', data: {} });
    expect(obstacles([given(1), complained, given(3)], 4)).toEqual(['complained']);
    expect(obstacles([given(1, { channel: 'sms' }), complained], 4, { ...newsletter, channel: 'sms' })).toEqual([]);
  });

  it('waits out a snooze', () => {
    const snoozed = happened(2, { type: 'candidate.snoozed', data: { until: day(20).toISOString() } });
    expect(obstacles([given(1), snoozed], 19)).toEqual(['snoozed']);
    expect(obstacles([given(1), snoozed], 20)).toEqual([]);
    expect(obstacles([given(1), snoozed, happened(5, { type: 'candidate.snooze-ended', data: {} })], 6)).toEqual([]);
  });

  it('does not depend on the order in which we came to know', () => {
    const entry: fc.Arbitrary<Entry> = fc.oneof(
      fc
        .record({ n: fc.nat(9), topic: fc.constantFrom(undefined, 'go') })
        .map(({ n, topic }) => given(n, topic ? { topic } : {})),
      fc
        .record({ n: fc.nat(9), purpose: fc.constantFrom(undefined, 'newsletter', 'job-alerts') })
        .map(({ n, purpose }) => withdrawn(n, purpose ? { purpose } : {})),
      fc.nat(9).map((n) => happened(n, { type: 'email.unsubscribed', data: {} })),
      fc.nat(9).map((n) => happened(n, { type: 'candidate.snoozed', data: { until: day(n + 3).toISOString() } })),
      fc.nat(9).map((n) => happened(n, { type: 'candidate.do-not-contact-set', data: { reason: 'asked' } })),
      fc.nat(9).map((n) => happened(n, { type: 'candidate.do-not-contact-lifted', data: {} })),
    );
    const shuffled = fc
      .array(fc.record({ entry, place: fc.nat() }), { maxLength: 12 })
      .map((list) => [
        list.map((one) => one.entry),
        list.toSorted((a, b) => a.place - b.place).map((one) => one.entry),
      ]);
    fc.assert(fc.property(shuffled, ([a = [], b = []]) => expect(ledgerOf(b)).toEqual(ledgerOf(a))));
  });
});
