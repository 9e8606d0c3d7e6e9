import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classify } from './classify.js';
import type { ObservedFact } from './facts.js';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SENT = Date.parse('2026-03-01T09:00:00Z');
let next = 0;
const fact = (kind: ObservedFact['kind'], seconds: number, more: Partial<ObservedFact> = {}): ObservedFact => ({
  eventId: `e${next++}`,
  kind,
  at: SENT + seconds * 1_000,
  ...more,
});
const click = (seconds: number, url: string, more: Partial<ObservedFact> = {}) =>
  fact('clicked', seconds, { url, userAgent: firefox, ...more });
const said = (facts: ObservedFact[]) => classify(facts).map(({ verdict, reasons }) => [verdict, ...reasons]);

describe('Human or machine', () => {
  it('takes a click of a browser on its own for a human, and the open before it too', () => {
    expect(said([fact('delivered', 0), fact('opened', 60), click(90, 'a'), click(100, 'b')])).toEqual([
      ['human', 'clicked-afterwards'],
      ['human', 'browser-on-its-own'],
      ['human', 'browser-on-its-own'],
    ]);
  });

  it('sees a scanner by the shape of its burst, though it waits 43 s and says that it is a browser', () => {
    const burst = ['a', 'b', 'c', 'd', 'https://x.example/unsubscribe'].map((url, i) => click(43 + i / 10, url));
    expect(said([fact('delivered', 0), ...burst])).toEqual(
      burst.map(() => ['machine', 'many-links-at-once', 'many-clicks-at-once', 'unsubscribe-link-too']),
    );
  });

  it('sees a scanner that unsubscribed beside two links, as the provider reports in an event of its own', () => {
    const [machine, left] = [
      ['machine', 'unsubscribe-link-too'],
      ['human', 'browser-on-its-own'],
    ];
    expect(said([click(60, 'a'), fact('unsubscribed', 61), click(62, 'b')])).toEqual([machine, machine]);
    expect(said([fact('unsubscribed', 60), click(61, 'a'), click(62, 'b')])).toEqual([machine, machine]);
    expect(said([click(60, 'a'), click(60, 'b'), fact('unsubscribed', 62.1)])).toEqual([left, left]);
  });

  it('leaves whoever clicks the link to unsubscribe, whatever it is called, and has unsubscribed by it', () => {
    const left = ['human', 'browser-on-its-own'];
    for (const url of ['https://x.example/unsubscribe', 'https://x.example/preferences'])
      expect(said([click(60, url), fact('unsubscribed', 60)])).toEqual([left]);
  });

  it('leaves two links, and the human click an hour after a burst, alone', () => {
    expect(said([click(60, 'a'), click(61, 'b')]).map(([verdict]) => verdict)).toEqual(['human', 'human']);
    const facts = [click(43, 'a'), click(43, 'b'), click(44, 'c'), click(3_643, 'a')];
    expect(said(facts).map(([verdict]) => verdict)).toEqual(['machine', 'machine', 'machine', 'human']);
  });

  it('takes the word of the provider for a machine, and not for a human', () => {
    expect(said([fact('opened', 60, { reportedAgent: 'machine' })])).toEqual([['machine', 'provider-says-machine']]);
    expect(said([fact('clicked', 60, { reportedAgent: 'human' })])).toEqual([['unknown', 'no-evidence']]);
  });

  it('says that it does not know what a fetched picture proves', () => {
    expect(said([fact('opened', 60, { userAgent: 'Mozilla/5.0 (via ggpht.com GoogleImageProxy)' })])).toEqual([
      ['unknown', 'proxy-user-agent'],
    ]);
    expect(said([fact('opened', 60, { userAgent: 'Mozilla/5.0' })])).toEqual([['unknown', 'no-evidence']]);
  });

  it('finds nobody that quick, and nothing odd in what came before the delivery was reported', () => {
    expect(said([fact('delivered', 0), click(1.9, 'a')])).toEqual([['machine', 'right-after-delivery']]);
    expect(said([fact('delivered', 0), click(2, 'a')])).toEqual([['human', 'browser-on-its-own']]);
    expect(said([fact('delivered', 0), click(-5, 'a')])).toEqual([['human', 'browser-on-its-own']]);
  });

  it('takes whoever comes from a gateway for a machine', () => {
    const facts = [fact('opened', 3_600, { network: 'gateway' }), click(7_200, 'a', { network: 'gateway' })];
    expect(said(facts)).toEqual([
      ['machine', 'gateway-address'],
      ['machine', 'gateway-address'],
    ]);
  });

  it('does not know of a click from a data centre who it was, but within a minute of the delivery', () => {
    const there = { network: 'data-centre' as const };
    const facts = [fact('delivered', 0), click(33, 'a', there), click(59.9, 'b', there), click(60, 'a', there)];
    expect(said(facts)).toEqual([
      ['machine', 'data-centre-after-delivery'],
      ['machine', 'data-centre-after-delivery'],
      ['unknown', 'data-centre-address'],
    ]);
    expect(said([click(33, 'a', there)])).toEqual([['unknown', 'data-centre-address']]);
  });

  it('takes an open from a data centre for nobody, whoever clicked afterwards, but through a proxy of mail', () => {
    const there = { network: 'data-centre' as const };
    const gmail = { ...there, userAgent: 'Mozilla/5.0 (via ggpht.com GoogleImageProxy)' };
    const opens = [fact('opened', 5, there), fact('opened', 5, gmail)];
    const delivered = fact('delivered', 0);
    expect(said([delivered, ...opens])).toEqual([
      ['unknown', 'data-centre-address'],
      ['unknown', 'proxy-user-agent'],
    ]);
    expect(said([delivered, ...opens, click(90, 'a')])).toEqual([
      ['unknown', 'data-centre-address'],
      ['human', 'clicked-afterwards'],
      ['human', 'browser-on-its-own'],
    ]);
    // Nobody who may be a machine says of an open that it was a human's.
    expect(said([delivered, fact('opened', 80), click(90, 'a', there)])[0]).toEqual(['unknown', 'no-evidence']);
  });

  const anyFacts = fc.uniqueArray(
    fc.record(
      {
        eventId: fc.uuid(),
        kind: fc.constantFrom('delivered' as const, 'opened' as const, 'clicked' as const, 'unsubscribed' as const),
        at: fc.integer({ min: SENT, max: SENT + 10_000 }),
        url: fc.constantFrom('a', 'b', 'c', 'unsubscribe'),
        userAgent: fc.constantFrom(firefox, 'curl/8', ''),
        network: fc.constantFrom('gateway' as const, 'data-centre' as const),
      },
      { requiredKeys: ['eventId', 'kind', 'at', 'url', 'userAgent'] },
    ),
    { selector: ({ eventId }) => eventId, maxLength: 12 },
  );
  const byId = (given: ObservedFact[]) => new Map(classify(given).map((verdict) => [verdict.eventId, verdict]));

  it('says the same in whatever order the facts come', () => {
    fc.assert(fc.property(anyFacts, (given) => expect(byId(given.toReversed())).toEqual(byId(given))));
  });

  it('makes a human of nobody, and no less of a machine, by where they come from', () => {
    const certainty = ['human', 'unknown', 'machine'];
    fc.assert(
      fc.property(anyFacts, (given) => {
        const without = byId(
          given.map(({ eventId, kind, at, url, userAgent }) => ({ eventId, kind, at, url, userAgent })),
        );
        for (const [eventId, { verdict }] of byId(given))
          expect(certainty.indexOf(verdict)).toBeGreaterThanOrEqual(
            certainty.indexOf(without.get(eventId)?.verdict ?? ''),
          );
      }),
    );
  });
});
