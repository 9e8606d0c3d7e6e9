import { supersedes, verdictsOf, type Classified } from '#libs/candidates';
import { ERASED, newId, type StoredEvent } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { ToldHistory } from '../../../../test/support/told-history.js';
import { addressOf } from '../networks/address.js';
import { KnownNetworks } from '../networks/known-networks.js';
import { judge } from './observed.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 1, 9) + seconds * 1_000);

/** Three links at once, half a minute after the delivery, by what says that it's a browser. */
const burst = (history: ToldHistory, candidateId: string): void => {
  history.happened(candidateId, at(0), { type: 'email.delivered', data: { messageId: 'm', campaignId: 'spring' } });
  for (const url of ['a', 'b', 'c'])
    history.happened(candidateId, at(30), {
      type: 'email.clicked',
      data: { messageId: 'm', campaignId: 'spring', userAgent: 'Mozilla/5.0 (X11) Firefox/140.0', agent: 'human', url },
    });
};

/** As the log reads once the key of technical data is destroyed. */
const erased = (event: StoredEvent): StoredEvent => {
  const technical = new Set(['messageId', 'userAgent', 'ip', 'url']);
  const data = Object.fromEntries(
    Object.entries(event.data as object).map(([name, value]) => [
      name,
      technical.has(name) ? ERASED : (value as unknown),
    ]),
  );
  return { ...event, data };
};

const news = (events: readonly StoredEvent[]): Classified[] => {
  const standing = verdictsOf(events);
  return judge(events)
    .map((verdict): Classified => ({ ...verdict, reasons: [...verdict.reasons] }))
    .filter((verdict) => supersedes(verdict, standing.get(verdict.eventId)));
};

describe('What is judged of a person', () => {
  it('takes nothing back once technical data is erased', () => {
    const history = new ToldHistory();
    const candidateId = newId();
    burst(history, candidateId);
    const verdicts = news(history.events);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['machine', 'machine', 'machine']);
    for (const data of verdicts) history.happened(candidateId, at(700), { type: 'engagement.classified', data });
    expect(news(history.events)).toEqual([]);
    expect(news(history.events.map(erased))).toEqual([]);
  });

  it('says nothing of what nobody had judged before it was erased, and goes on with what comes after', () => {
    const history = new ToldHistory();
    const candidateId = newId();
    burst(history, candidateId);
    const gone = history.events.map(erased);
    expect(judge(gone)).toEqual([]);
    const later = history.happened(candidateId, at(31), {
      type: 'email.clicked',
      data: { campaignId: 'spring', agent: 'machine' },
    });
    expect(judge([...gone, later])).toMatchObject([
      { eventId: later.id, verdict: 'machine', reasons: ['provider-says-machine'] },
    ]);
  });

  describe('from a data centre', () => {
    const there = addressOf('203.0.113.7') ?? 0n;
    const networks = new KnownNetworks({ gateways: [], dataCentres: [{ first: there, last: there }] });
    const click = (history: ToldHistory, candidateId: string, ip?: string) =>
      history.happened(candidateId, at(3_600), {
        type: 'email.clicked',
        data: { ...(ip ? { ip } : {}), userAgent: 'Mozilla/5.0 (X11) Firefox/140.0', agent: 'human' },
      });

    it('goes by the lists, and says their edition, whatever they had to say', () => {
      const history = new ToldHistory();
      const candidateId = newId();
      for (const ip of ['203.0.113.7', '203.0.113.8', undefined]) click(history, candidateId, ip);
      const { edition } = networks;
      expect(judge(history.events, networks)).toMatchObject([
        { verdict: 'unknown', reasons: ['data-centre-address'], networks: edition },
        { verdict: 'human', networks: edition },
        { verdict: 'human', networks: edition },
      ]);
      expect(judge(history.events).map((verdict) => 'networks' in verdict)).toEqual([false, false, false]);
      expect(JSON.stringify(judge(history.events, networks))).not.toContain('203.0.113');
    });

    it('is judged no more once the address is erased, nor is what was judged by it taken back', () => {
      const history = new ToldHistory();
      const candidateId = newId();
      click(history, candidateId, '203.0.113.7');
      const [verdict] = judge(history.events, networks);
      if (verdict)
        history.happened(candidateId, at(3_700), {
          type: 'engagement.classified',
          data: { ...verdict, reasons: [...verdict.reasons] },
        });
      expect(judge(history.events.map(erased), networks)).toEqual([]);
    });
  });
});
