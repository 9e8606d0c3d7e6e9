import type { EngagementEvent } from '#libs/candidates';
import { newId } from '#libs/kernel';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { FollowedHistory } from '../../../../test/support/followed-history.js';
import { JUDGE_AFTER_MILLISECONDS, messageWatch } from './message-watch.js';
import { judge } from './observed.js';

const START = Date.parse('2026-01-01T00:00:00Z');
const after = (seconds: number): Date => new Date(START + seconds * 1_000);
const DAY = 86_400;

const delivered: EngagementEvent = { type: 'email.delivered', data: { messageId: 'm' } };
const unsubscribed: EngagementEvent = { type: 'email.unsubscribed', data: { messageId: 'm' } };
const click = (url: string): EngagementEvent => ({
  type: 'email.clicked',
  data: { messageId: 'm', url, userAgent: 'Mozilla/5.0 (X11) Firefox/140.0', agent: 'human' },
});

describe('When a person is judged', () => {
  const candidateId = newId();
  let history = new FollowedHistory(after(0));
  /** What the judgements said, one after the other, of the acts that were recorded by then. */
  let judgements: string[][] = [];

  beforeEach(() => {
    history = new FollowedHistory(after(0));
    history.followedBy(messageWatch());
    judgements = [];
  });

  const work = async (): Promise<void> => {
    const ended = (): number => history.events.filter(({ type }) => type === 'message-watch.ended').length;
    const before = ended();
    await history.work();
    if (ended() > before) judgements.push(judge(history.events).map(({ verdict }) => verdict));
  };
  const told = (seconds: number, event: EngagementEvent): Promise<void> => {
    history.told.happened(candidateId, after(seconds), event);
    return work();
  };
  const watchIsOver = (): Promise<void> => {
    history.clock.advance(2 * JUDGE_AFTER_MILLISECONDS);
    return work();
  };

  it('once a while after the first act, whatever else is told by then', async () => {
    await told(0, delivered);
    await told(60, click('a'));
    await told(60, click('b'));
    await told(90, unsubscribed);
    expect(judgements).toEqual([]);
    await watchIsOver();
    await watchIsOver();
    expect(judgements).toEqual([['human', 'human']]);
  });

  it('again, where only later a delivery is told that was just before an act', async () => {
    await told(1, click('a'));
    await watchIsOver();
    await told(0, delivered);
    await watchIsOver();
    expect(judgements).toEqual([['human'], ['machine']]);
  });

  it('again, where only later somebody is told to have unsubscribed just then', async () => {
    await told(60, click('a'));
    await told(60, click('b'));
    await watchIsOver();
    await told(61, unsubscribed);
    await watchIsOver();
    expect(judgements).toEqual([
      ['human', 'human'],
      ['machine', 'machine'],
    ]);
  });

  it('again, where a delivery is told only after a judgement that came late, by when that was', async () => {
    await told(0, click('a'));
    history.clock.advance(JUDGE_AFTER_MILLISECONDS / 2);
    // Nobody works until long after it was due; what's told meanwhile is judged with the rest.
    history.told.happened(candidateId, after(3_600), click('b'));
    history.clock.advance(DAY * 1_000);
    await work();
    expect(judgements).toEqual([['human', 'human']]);
    await told(3_599, delivered);
    await watchIsOver();
    expect(judgements).toEqual([
      ['human', 'human'],
      ['human', 'machine'],
    ]);
  });

  it('not for a message that is delivered after all acts were judged, nor where nobody acted', async () => {
    await told(0, delivered);
    await told(0, unsubscribed);
    expect(history.ahead).toBe(0);
    await told(60, click('a'));
    await watchIsOver();
    await told(DAY, delivered);
    await watchIsOver();
    expect(judgements).toEqual([['human']]);
    expect(history.ahead).toBe(0);
  });
});
