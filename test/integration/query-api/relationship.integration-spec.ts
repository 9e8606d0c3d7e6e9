import { newId, type DomainEvent } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, ServedQueryApi } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;
const teller = { kind: 'user', id: 'recruiter-1' };
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
});
