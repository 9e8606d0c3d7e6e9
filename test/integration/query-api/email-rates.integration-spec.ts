import type { EngagementEvent } from '#libs/candidates';
import { newId } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, NOW, ServedQueryApi } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

interface Share {
  readonly count: number;
  readonly of: number;
}
interface Rates {
  readonly campaign?: string | null;
  readonly opened: Readonly<Record<'human' | 'unknown' | 'machine' | 'anybody', Share>>;
  readonly clicked: Rates['opened'];
}

describe('GET /v1/email-rates', () => {
  let api: ServedQueryApi;
  const [ada, grace, graceAgain] = [newId(), newId(), newId()];
  /** Where the log was before the click was judged, and before the merge. */
  let beforeVerdict: string;
  let beforeMerge: string;

  const happened = (id: string, days: number, event: EngagementEvent): Promise<string> =>
    api.record('engagement', id, id, daysAgo(days), event);
  const total = async (query = ''): Promise<Rates> => (await api.get(`/v1/email-rates${query}`)).body['total'] as Rates;

  /** The id of what somebody is told to have clicked in. */
  const clickOf = async (id: string): Promise<string> => {
    const { body } = await api.get(`/v1/candidates/${id}/timeline?limit=1&types=email.clicked`);
    return (body['items'] as { eventId: string }[])[0]?.eventId ?? '';
  };

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    const lists = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
    for (const id of [ada, grace, graceAgain])
      await api.record('candidate', id, id, daysAgo(90), { type: 'candidate.added', data: lists });
    const spring = { campaignId: 'spring' };
    const toAda = { messageId: 'm-1', ...spring };
    await happened(ada, 20, { type: 'email.delivered', data: toAda });
    await happened(ada, 19, { type: 'email.opened', data: { ...toAda, agent: 'machine' } });
    beforeVerdict = await happened(ada, 19, { type: 'email.clicked', data: { ...toAda, agent: 'human' } });
    await api.fold();
    await api.record('engagement', ada, ada, daysAgo(18), {
      type: 'engagement.classified',
      data: {
        eventId: await clickOf(ada),
        verdict: 'machine',
        classifierVersion: 1,
        reasons: ['right-after-delivery'],
      },
    });
    for (const id of [grace, graceAgain]) await happened(id, 10, { type: 'email.delivered', data: spring });
    beforeMerge = await happened(graceAgain, 9, { type: 'email.opened', data: { ...spring, agent: 'human' } });
    await happened(ada, 40, { type: 'email.bounced', data: { messageId: 'm-0', kind: 'hard' } });
    await api.record('identity', 'merges', undefined, daysAgo(1), {
      type: 'identity.merged',
      data: { mergeId: newId(), survivorId: grace, mergedId: graceAgain, reason: 'review' },
    });
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  it('answers for the last 30 days, each message to a person once, with what each number is of', async () => {
    const answer = await api.get('/v1/email-rates');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      from: daysAgo(30).toISOString(),
      to: NOW.toISOString(),
      total: {
        messages: 2,
        delivered: { count: 2, of: 2, rate: 1 },
        bounced: { count: 0, of: 2, rate: 0 },
        opened: { human: { count: 1, of: 2, rate: 0.5 }, machine: { count: 1, of: 2 }, anybody: { count: 2, of: 2 } },
        clickToOpen: { count: 0, of: 1, rate: 0 },
      },
      groups: [],
      groupsLeftOut: 0,
    });
  });

  it('takes back what a later verdict says a machine did, and shows what was known before it', async () => {
    expect((await total()).clicked).toMatchObject({ human: { count: 0 }, machine: { count: 1 } });
    const then = await total(`?asOfPosition=${beforeVerdict}`);
    expect(then.clicked).toMatchObject({ human: { count: 1, of: 1 }, machine: { count: 0, of: 1 } });
  });

  it('counts two ids as two people as of before they were merged', async () => {
    expect((await total(`?asOfPosition=${beforeMerge}`)).opened.human).toMatchObject({ count: 1, of: 3 });
    expect((await total(`?asOf=${daysAgo(2).toISOString()}`)).opened.human).toMatchObject({ count: 1, of: 3 });
    expect((await total(`?asOf=${NOW.toISOString()}`)).opened.human).toMatchObject({ count: 1, of: 2 });
  });

  it('counts only what had happened by a time, of the 30 days before it', async () => {
    const { body } = await api.get(`/v1/email-rates?asOf=${daysAgo(19.5).toISOString()}`);
    expect(body).toMatchObject({
      from: daysAgo(49.5).toISOString(),
      total: { messages: 2, bounced: { count: 1, of: 2 }, opened: { anybody: { count: 0, of: 1 } } },
    });
  });

  it('groups by campaign, month and provider, and leaves out groups beyond the limit', async () => {
    const from = daysAgo(60).toISOString();
    const { body } = await api.get(`/v1/email-rates?from=${from}&by=campaign,month,provider`);
    expect(body['groups']).toMatchObject([
      { campaign: 'spring', month: '2026-02', provider: 'api', delivered: { count: 2, of: 2 } },
      { campaign: null, month: '2026-01', provider: 'api', bounced: { count: 1, of: 1 }, delivered: { count: 0 } },
    ]);
    const first = await api.get(`/v1/email-rates?from=${from}&by=campaign&limit=1`);
    expect(first.body).toMatchObject({ total: { messages: 3 }, groups: [{ campaign: 'spring' }], groupsLeftOut: 1 });
  });

  it('waits for what its caller knows of', async () => {
    const after = await happened(ada, 0.1, { type: 'email.delivered', data: { messageId: 'm-9' } });
    const behind = await api.get(`/v1/email-rates?after=${after}`);
    expect(behind).toMatchObject({ status: 503, body: { type: 'urn:rapport:problem:read-model-behind' } });
    await api.fold();
    const answer = await api.get(`/v1/email-rates?after=${after}`);
    expect(answer).toMatchObject({ status: 200, body: { total: { messages: 3 } } });
  });
});
