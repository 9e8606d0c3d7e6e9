import { newId } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

interface LikelyPerson {
  readonly candidates: readonly { readonly candidateId: string; readonly personId: string; readonly name: string }[];
  readonly pairs: readonly {
    readonly candidateIds: readonly [string, string];
    readonly bits: number;
    readonly reasons: readonly { readonly field: string; readonly verdict: string; readonly bits: number }[];
  }[];
}

describe('who is likely there twice', () => {
  let api: ServedQueryApi;
  const [ada, adaAgain, grace, graceAgain, alan, alanAgain] = Array.from({ length: 6 }, newId);

  const add = (id: string, name: string, address: string, owner?: string) =>
    api.record('candidate', id, id, daysAgo(30), {
      type: 'candidate.added',
      data: {
        name: { full: name },
        contactPoints: [{ kind: 'email', value: address }],
        skills: [],
        interests: [],
        tags: [],
        freeTags: [],
        externalIds: [],
        ...(owner === undefined ? {} : { owner }),
      },
    });
  const decide = (type: string, data: object) =>
    api.record('identity', 'merges', undefined, daysAgo(1), { type, data });
  const itemsOf = (answer: Answer): LikelyPerson[] => answer.body['items'] as LikelyPerson[];
  const groupsIn = (answer: Answer): string[][] =>
    itemsOf(answer).map(({ candidates }) => candidates.map(({ candidateId }) => candidateId).sort());
  const list = (query = '') => api.get(`/v1/duplicates${query}`);

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    await add(ada, 'Ada Lovelace', 'ada.lovelace@engines.example', 'team-4');
    await add(adaAgain, 'Lovelace, Ada', 'ada.lovelace+jobs@engines.example');
    await add(grace, 'Grace Hopper', 'grace@navy.example', 'user-17');
    await add(graceAgain, 'Grace Hoper', 'grace@navy.example', 'user-17');
    await add(alan, 'Alan Turing', 'alan@bletchley.example');
    await add(alanAgain, 'Alan Turing', 'alan@bletchley.example');
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  it('are listed, the likeliest first, with reasons that add up, in pages that a cursor parts', async () => {
    const all = await list();
    expect(groupsIn(all)).toHaveLength(3);
    expect(new Set(groupsIn(all).flat())).toEqual(new Set([ada, adaAgain, grace, graceAgain, alan, alanAgain]));
    const bits = itemsOf(all).map(({ pairs }) => pairs[0].bits);
    expect(bits).toEqual(bits.toSorted((a, b) => b - a));
    for (const { pairs } of itemsOf(all))
      for (const pair of pairs)
        expect(Math.round(pair.bits * 100)).toBe(
          pair.reasons.reduce((sum, one) => sum + Math.round(one.bits * 100), 0),
        );
    const pages: string[][] = [];
    let cursor: unknown = null;
    do {
      const page = await list(`?limit=1${cursor === null ? '' : `&cursor=${cursor as string}`}`);
      pages.push(...groupsIn(page));
      cursor = page.body['nextCursor'];
    } while (cursor !== null && pages.length < 9);
    expect(pages).toEqual(groupsIn(all));
  });

  it('are those of an owner, and those who are as likely as was asked for', async () => {
    expect(groupsIn(await list('?owner=user-17'))).toEqual([[grace, graceAgain].sort()]);
    expect(groupsIn(await list('?owner=team-4'))).toEqual([[ada, adaAgain].sort()]);
    expect(groupsIn(await list('?owner=nobody'))).toEqual([]);
    expect(groupsIn(await list('?minBits=100'))).toEqual([]);
  });

  it('leave the list with a merge, and with being told apart until they look much likelier one person', async () => {
    const pair = itemsOf(await list('?owner=user-17'))[0].pairs[0];
    const [candidateId, otherId] = pair.candidateIds;
    await decide('identity.told-apart', { candidateId, otherId, bits: pair.bits });
    const merge = { mergeId: newId(), survivorId: ada, mergedId: adaAgain };
    await decide('identity.merged', { ...merge, reason: 'review' });
    await api.fold();
    expect(groupsIn(await list())).toEqual([[alan, alanAgain].sort()]);
    await api.record('candidate', graceAgain, graceAgain, daysAgo(0), {
      type: 'candidate.profile-changed',
      data: { name: { full: 'Grace Hopper' }, employer: 'Eckert-Mauchly' },
    });
    await api.record('candidate', grace, grace, daysAgo(0), {
      type: 'candidate.profile-changed',
      data: { employer: 'Eckert Mauchly' },
    });
    await decide('identity.unmerged', merge);
    await api.fold();
    expect(new Set(groupsIn(await list()).flat())).toEqual(
      new Set([ada, adaAgain, grace, graceAgain, alan, alanAgain]),
    );
  });

  it('refuses a cursor that no page ended with', async () => {
    const refused = await list(`?cursor=${Buffer.from('[1,"x","y"]').toString('base64url')}`);
    expect(refused).toMatchObject({ status: 400, body: { type: 'urn:rapport:problem:bad-cursor' } });
  });
});

describe('records that need somebody', () => {
  let api: ServedQueryApi;
  const [fresh, stale, bounced, moved, bare, twice, twiceToo] = Array.from({ length: 7 }, newId);
  const lists = { skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
  const emailOf = (id: string) => ({ kind: 'email', value: `${id}@example.org` });
  const add = (id: string, days: number, more: object = {}) =>
    api.record('candidate', id, id, daysAgo(days), {
      type: 'candidate.added',
      data: { ...lists, name: { full: 'Somebody' }, contactPoints: [emailOf(id)], ...more },
    });
  const happened = (id: string, days: number, type: string, data: object = {}) =>
    api.record('engagement', id, id, daysAgo(days), { type, data });
  const peopleWith = async (finding: string, query = ''): Promise<string[]> => {
    const answer = await api.get(`/v1/hygiene/people?finding=${finding}${query}`);
    return (answer.body['items'] as { candidateId: string }[]).map(({ candidateId }) => candidateId);
  };

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    await add(fresh, 20, { owner: 'team-4' });
    await happened(fresh, 10, 'email.replied', { sentiment: 'interested' });
    await add(stale, 800, { owner: 'team-4' });
    await add(bounced, 700);
    await happened(bounced, 650, 'email.delivered');
    await happened(bounced, 5, 'email.bounced', { kind: 'hard' });
    await add(moved, 90, { owner: 'user-17' });
    await happened(moved, 8, 'email.bounced', { kind: 'hard' });
    await happened(moved, 7, 'email.bounced', { kind: 'soft' });
    await api.record('candidate', moved, moved, daysAgo(6), {
      type: 'candidate.contact-points-changed',
      data: { contactPoints: [{ kind: 'email', value: 'moved@example.org' }] },
    });
    await add(bare, 60, { contactPoints: [], owner: 'user-17' });
    await add(twice, 500, { owner: 'user-17' });
    await add(twiceToo, 30);
    await api.record('identity', 'merges', undefined, daysAgo(1), {
      type: 'identity.merged',
      data: { mergeId: newId(), survivorId: twice, mergedId: twiceToo, reason: 'review' },
    });
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  it.each([
    ['stale-profile', [stale, bounced]],
    ['no-human-contact', [stale, bounced, twice]],
    ['address-bounced', [bounced]],
    ['unreachable', [bare, bounced]],
    ['no-owner', [bounced]],
  ])('are listed by %s, the longest first, each person once', async (finding, expected) => {
    expect(await peopleWith(finding)).toEqual(expected);
    expect(await peopleWith(finding, '&owner=user-17')).toEqual(expected.filter((id) => id === bare || id === twice));
    const answer = await api.get('/v1/hygiene');
    expect(answer.body['items']).toContainEqual({ finding, count: expected.length });
  });

  it('are asked for by months, and come in pages', async () => {
    expect(await peopleWith('stale-profile', '&months=1')).toEqual([stale, bounced, bare, twice]);
    const first = await api.get('/v1/hygiene/people?finding=no-human-contact&limit=2');
    const more = await peopleWith('no-human-contact', `&limit=2&cursor=${first.body['nextCursor'] as string}`);
    expect(more).toEqual([twice]);
    const cursor = Buffer.from('["yesterday","x"]').toString('base64url');
    const refused = await api.get(`/v1/hygiene/people?finding=no-owner&cursor=${cursor}`);
    expect(refused).toMatchObject({ status: 400, body: { type: 'urn:rapport:problem:bad-cursor' } });
  });
});
