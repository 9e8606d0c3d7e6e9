import { newId, type DomainEvent } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, ServedQueryApi } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;
const teller = { kind: 'user', id: 'recruiter-1' };
const weaver = { employer: 'Looms Ltd', title: 'Weaver', from: '2019', until: '2020-06', description: 'By hand.' };
const director = { employer: 'Looms Ltd', title: 'Director', from: '2020-07' };
const school = { institution: 'Night school', field: 'Mathematics' };
const resume = {
  kind: 'resume',
  reference: 'box-17',
  mediaType: 'application/pdf',
  size: 12,
  sha256: 'a0'.repeat(32),
};
const id = (n: number): string => `7f8b2c9e-1d2a-4c3b-8a4d-00000000000${n}`;
const note = (n: number, text: string) => ({ noteId: id(n), text, mentions: [{ kind: 'person', id: 'user-17' }] });
const nothing = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };

describe('a relationship, now and at any past moment', () => {
  let api: ServedQueryApi;
  /** By when Ada was only added. */
  let added: string;
  const ada = newId();
  const decided = (days: number, ...events: readonly DomainEvent[]) =>
    api.record('candidate', ada, ada, daysAgo(days), ...events);
  const relationship = async (query = '') => (await api.get(`/v1/candidates/${ada}/relationship${query}`)).body;
  const at = (days: number) => relationship(`?at=${daysAgo(days).toISOString()}`);

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    added = await decided(90, { type: 'candidate.added', data: { ...nothing, owner: 'user-17' } });
    await decided(30, {
      type: 'candidate.owner-assigned',
      data: { owner: 'emea', kind: 'team', reason: 'Moved.' },
    });
    await decided(60, { type: 'candidate.work-history-changed', data: { positions: [weaver] } });
    await decided(20, { type: 'candidate.work-history-changed', data: { positions: [weaver, director] } });
    await decided(20, { type: 'candidate.education-changed', data: { education: [school] } });
    await decided(50, { type: 'candidate.note-written', data: note(1, 'Wants to lead.') });
    await decided(40, { type: 'candidate.note-written', data: note(2, 'Likes looms.') });
    await decided(15, { type: 'candidate.note-edited', data: { ...note(1, 'Leads by now.'), mentions: [] } });
    await decided(12, { type: 'candidate.note-removed', data: { noteId: id(2) } });
    await decided(10, { type: 'candidate.note-written', data: note(3, 'Calls back.') });
    await decided(10, { type: 'candidate.attachments-changed', data: { attachments: [resume] } });
    await decided(8, { type: 'candidate.silver-medallist-marked', data: { role: 'Weaver' } });
    const applied = { candidateId: ada, role: 'Engineer', source: { kind: 'referral', name: 'Referral' } };
    const stage = { candidateId: ada, stage: 'offered' };
    const moved = (days: number, type: string, data: object) =>
      api.record('application', id(9), ada, daysAgo(days), { type, data });
    await moved(7, 'application.submitted', applied);
    await moved(6, 'application.stage-reached', stage);
    await moved(5, 'application.rejected', { candidateId: ada, reason: 'headcount' });
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  it('shows who owned it since when, and who handed it over', async () => {
    const first = { owner: 'user-17', at: daysAgo(90).toISOString(), by: teller };
    const second = { owner: 'emea', kind: 'team', reason: 'Moved.', at: daysAgo(30).toISOString(), by: teller };
    expect(await relationship()).toMatchObject({ owners: [first, second] });
    expect(await at(31)).toMatchObject({ owners: [first] });
    expect(await relationship(`?asOfPosition=${added}`)).toMatchObject({ owners: [first] });
  });

  it('shows where somebody worked and learned, as do the candidate and their past states', async () => {
    const candidate = async (query = '') => (await api.get(`/v1/candidates/${ada}${query}`)).body;
    const now = { workHistory: [weaver, director], education: [school] };
    expect(await relationship()).toMatchObject(now);
    expect(await candidate()).toMatchObject(now);
    const then = { workHistory: [weaver], education: [] };
    expect(await at(30)).toMatchObject(then);
    expect(await candidate(`?asOf=${daysAgo(30).toISOString()}`)).toMatchObject(then);
    const before = { workHistory: [], education: [] };
    expect(await relationship(`?asOfPosition=${added}`)).toMatchObject(before);
    expect(await candidate(`?asOfPosition=${added}`)).toMatchObject(before);
  });

  it('shows the documents there are', async () => {
    expect(await relationship()).toMatchObject({ attachments: [resume] });
    expect(await at(11)).toMatchObject({ attachments: [] });
  });

  it('shows what was noted, the newest first, in pages, and as it was', async () => {
    const notes = async (query = '') => (await api.get(`/v1/candidates/${ada}/notes${query}`)).body;
    const texts = (page: Record<string, unknown>) => (page['items'] as { text: string }[]).map(({ text }) => text);
    expect(texts(await notes())).toEqual(['Calls back.', 'Leads by now.']);
    expect((await notes())['items']).toMatchObject([
      { id: id(3), mentions: [{ kind: 'person', id: 'user-17' }], writtenBy: teller, editedAt: null },
      { id: id(1), mentions: [], writtenAt: daysAgo(50).toISOString(), editedAt: daysAgo(15).toISOString() },
    ]);
    const first = await notes('?limit=1');
    const second = await notes(`?limit=1&cursor=${String(first['nextCursor'])}`);
    expect([...texts(first), ...texts(second)]).toEqual(['Calls back.', 'Leads by now.']);
    expect(second['nextCursor']).toBeNull();
    expect(texts(await notes(`?at=${daysAgo(20).toISOString()}`))).toEqual(['Likes looms.', 'Wants to lead.']);
    expect(texts(await notes(`?asOfPosition=${added}`))).toEqual([]);
    expect((await api.get(`/v1/candidates/${ada}/notes?cursor=x`)).status).toBe(400);
    expect((await api.get(`/v1/candidates/${newId()}/notes`)).status).toBe(404);
  });

  it('lists those who were nearly hired, by their applications and by hand', async () => {
    const items = async (query = '') => (await api.get(`/v1/silver-medallists${query}`)).body['items'];
    const rejected = {
      candidateId: ada,
      applicationId: id(9),
      stage: 'offered',
      reason: 'headcount',
      role: 'Engineer',
    };
    const marked = { candidateId: ada, applicationId: null, stage: null, role: 'Weaver' };
    expect(await items()).toMatchObject([rejected, marked]);
    expect(await items('?title=weavers')).toMatchObject([marked]);
    expect(await items('?stages=screened')).toMatchObject([marked]);
    // What came after the mark was another application, and it came to an offer.
    expect(await items('?rediscovered=true')).toMatchObject([
      { ...marked, interviewedSince: daysAgo(6).toISOString() },
    ]);
    expect(await items('?rediscovered=false')).toMatchObject([rejected]);
    expect((await api.get('/v1/silver-medallists?stages=hired')).status).toBe(400);
    expect((await api.get('/v1/silver-medallists?cursor=x')).status).toBe(400);
    expect(await relationship()).toMatchObject({ silverMedallist: { marked: true, role: 'Weaver' } });
    expect(await at(9)).toMatchObject({ silverMedallist: null });
  });
});
