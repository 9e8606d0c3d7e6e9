import { newId } from '#libs/kernel';
import { membershipId } from '#libs/pools';
import { KeyVault } from '#libs/privacy';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, ServedQueryApi } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

interface Entry {
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly hash: string;
  readonly previousHash: string | null;
}

describe('the audit part', () => {
  let api: ServedQueryApi;
  let token: string;
  const candidate = newId();
  const application = newId();
  const pool = newId();
  const path = `/v1/audit/candidates/${candidate}/history`;

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    const empty = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
    await api.record('candidate', candidate, candidate, daysAgo(9), {
      type: 'candidate.added',
      data: { name: { full: 'Ada Lovelace' }, ...empty },
    });
    await api.record('engagement', candidate, candidate, daysAgo(8), {
      type: 'note.added',
      data: { text: 'Knows looms.' },
    });
    await api.record('application', application, candidate, daysAgo(7), {
      type: 'application.submitted',
      data: { candidateId: candidate, role: 'Engineer', source: { kind: 'referral', name: 'Referral' } },
    });
    await api.record('pool', pool, pool, daysAgo(300), {
      type: 'pool.opened',
      data: { name: 'Looms', kind: 'static', stages: [], watched: false },
    });
    await api.record('membership', membershipId(pool, candidate), candidate, daysAgo(7), {
      type: 'membership.began',
      data: { poolId: pool, candidateId: candidate, note: 'Met at the fair.' },
    });
    token = await api.record(
      'candidate',
      candidate,
      candidate,
      daysAgo(6),
      { type: 'candidate.tagged', data: { tags: ['vip'], freeTags: [] } },
      { type: 'candidate.owner-assigned', data: { owner: 'user-17' } },
    );
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  const history = (query = '') => api.get(`${path}${query}`, { role: 'auditor' });

  it('replays profile, interactions, applications and memberships from the log, opened, and verifies their chains', async () => {
    const answer = await history(`?after=${token}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      verified: true,
      nextCursor: null,
      streams: [
        { stream: `candidate-${candidate}`, events: 3, verified: true },
        { stream: `engagement-${candidate}`, events: 1, verified: true },
        { stream: `application-${application}`, events: 1, verified: true },
        { stream: `membership-${membershipId(pool, candidate)}`, events: 1, verified: true },
      ],
    });
    const items = answer.body['items'] as Entry[];
    expect(items).toMatchObject([
      { type: 'candidate.added', data: { name: { full: 'Ada Lovelace' } }, previousHash: null },
      { type: 'note.added', data: { text: 'Knows looms.' }, occurredAt: daysAgo(8).toISOString() },
      { type: 'application.submitted', actor: { kind: 'user', id: 'recruiter-1' }, source: 'api' },
      { type: 'membership.began', data: { note: 'Met at the fair.' } },
      { type: 'candidate.tagged', revision: 1 },
      { type: 'candidate.owner-assigned', revision: 2 },
    ]);
    expect(items[4]?.previousHash).toBe(items[0]?.hash);
    expect(items[5]?.previousHash).toBe(items[4]?.hash);
  });

  it('comes in pages', async () => {
    const first = await history('?limit=3');
    const second = await history(`?limit=3&cursor=${String(first.body['nextCursor'])}`);
    const types = [first, second].flatMap(({ body }) => (body['items'] as Entry[]).map(({ type }) => type));
    expect(types).toEqual([
      'candidate.added',
      'note.added',
      'application.submitted',
      'membership.began',
      'candidate.tagged',
      'candidate.owner-assigned',
    ]);
    expect(second.body).toMatchObject({ nextCursor: null, verified: true });
  });

  it('knows a candidate whom no read model has yet', async () => {
    const fresh = newId();
    const empty = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
    await api.record('candidate', fresh, fresh, daysAgo(0), { type: 'candidate.added', data: empty });
    const answer = await api.get(`/v1/audit/candidates/${fresh}/history`, { role: 'auditor' });
    expect(answer.body).toMatchObject({ verified: true, items: [{ type: 'candidate.added' }] });
  });

  it('shows what was erased as erased, and the chain still holds', async () => {
    await api.app.get(KeyVault, { strict: false }).destroy(candidate, ['narrative']);
    const answer = await history();
    expect(answer.body).toMatchObject({ verified: true });
    expect((answer.body['items'] as object[])[1]).toMatchObject({ data: { text: '[erased]' } });
  });

  it('follows a consent to the sign-up that is its evidence, also of somebody who was known before', async () => {
    const [known, other] = [newId(), newId()];
    const [signUp, othersSignUp] = [newId(), newId()];
    const consent = { purpose: 'newsletter', channel: 'email', basis: 'consent', textVersion: '1' };
    const confirmed = (candidateId: string) => ({
      type: 'sign-up.confirmed',
      data: {
        formId: newId(),
        candidateId,
        email: 'ada@example.org',
        topics: [],
        consents: [{ purpose: 'newsletter', channel: 'email' }],
        textVersion: '1',
        language: 'en',
        source: { kind: 'event', name: 'Spring fair' },
        submittedAt: daysAgo(3).toISOString(),
      },
    });
    const empty = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
    await api.record('candidate', known, known, daysAgo(4), { type: 'candidate.added', data: empty });
    await api.record('sign-up', othersSignUp, other, daysAgo(3), confirmed(other));
    await api.record('sign-up', signUp, known, daysAgo(3), confirmed(known));
    const references = [signUp, othersSignUp, newId(), 'ours-17'];
    const given = references.map((reference) => ({
      type: 'candidate.consent-given',
      data: { ...consent, evidence: { kind: 'double-opt-in', reference } },
    }));
    const after = await api.record('candidate', known, known, daysAgo(3), ...given);
    await api.fold();
    const answer = await api.get(`/v1/audit/candidates/${known}/history?after=${after}`, { role: 'auditor' });
    expect(answer.body['streams']).toMatchObject([
      { stream: `candidate-${known}`, verified: true },
      { stream: `sign-up-${signUp}`, events: 1, verified: true },
    ]);
    expect((answer.body['items'] as object[])[1]).toMatchObject({
      type: 'sign-up.confirmed',
      data: { email: 'ada@example.org', source: { kind: 'event', name: 'Spring fair' } },
    });
  });

  it('answers 404 for a candidate who never was', async () => {
    const answer = await api.get(`/v1/audit/candidates/${newId()}/history`, { role: 'auditor' });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ type: 'urn:rapport:problem:candidate-unknown' });
  });

  it('answers 400 for a cursor that is none', async () => {
    expect((await history('?cursor=last')).body).toMatchObject({ type: 'urn:rapport:problem:bad-cursor' });
  });
});
