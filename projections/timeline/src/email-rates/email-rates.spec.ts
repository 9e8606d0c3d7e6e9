import { describe, expect, it } from '@jest/globals';
import { ratesOf } from './email-rates.js';

describe('Rates of emails', () => {
  const counts = {
    messages: 8,
    delivered: 7,
    bounced: 2,
    opened_human: 2,
    opened_unknown: 1,
    opened_machine: 3,
    clicked_human: 1,
    clicked_unknown: 0,
    clicked_machine: 2,
    engaged: 3,
    replied: 1,
    unsubscribed: 0,
    complained: 1,
  };

  it('are of what was delivered; delivery and bounces of all, and clicks of those that a human opened', () => {
    const rates = ratesOf(counts);
    expect(rates.delivered).toEqual({ count: 7, of: 8, rate: 0.875 });
    expect(rates.bounced).toEqual({ count: 2, of: 8, rate: 0.25 });
    expect(rates.opened.human).toEqual({ count: 2, of: 7, rate: 0.285714 });
    expect(rates.clickToOpen).toEqual({ count: 1, of: 3, rate: 0.333333 });
    expect(rates.complained).toEqual({ count: 1, of: 7, rate: 0.142857 });
  });

  it('show what humans did beside what providers count', () => {
    const { opened, clicked } = ratesOf(counts);
    expect([opened.unknown.count, opened.machine.count, opened.anybody.count]).toEqual([1, 3, 6]);
    expect(clicked.anybody).toEqual({ count: 3, of: 7, rate: 0.428571 });
  });

  it('are unknown where there was nothing to be done', () => {
    const none = Object.fromEntries(Object.keys(counts).map((name) => [name, 0])) as typeof counts;
    expect(ratesOf(none).opened.human).toEqual({ count: 0, of: 0, rate: null });
  });
});
