import { newId } from '#libs/kernel';
import { talentSearch } from '#projections/talent-search';
import { timeline } from '#projections/timeline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, ServedQueryApi } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

const added = (name: string) => ({
  type: 'candidate.added',
  data: {
    name: { full: name },
    contactPoints: [],
    skills: [],
    interests: [],
    tags: [],
    freeTags: [],
    externalIds: [],
  },
});
const titled = (title: string) => ({ type: 'candidate.profile-changed', data: { title } });

describe('a read with `after`, where an event was set aside', () => {
  let api: ServedQueryApi;
  const [ada, bob] = [newId(), newId()];

  beforeAll(async () => {
    api = await ServedQueryApi.start({ readWaitMilliseconds: 5_000 });
    await api.makeReadModels();
    await api.record('candidate', ada, ada, daysAgo(9), added('Ada Lovelace'));
    await api.record('candidate', bob, bob, daysAgo(9), added('Bob Stone'));
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  it('is 503 for whoever wrote it and for the person it is about, 200 for anybody else, and 200 once it was taken up', async () => {
    const hers = await api.record('candidate', ada, ada, daysAgo(2), titled('Analyst'));
    const takeUps = [await api.setAside(timeline), await api.setAside(talentSearch)];
    await api.fold();
    const his = await api.record('candidate', bob, bob, daysAgo(1), titled('Mason'));
    await api.fold();
    const read = async (path: string, after: string): Promise<unknown> => {
      const { status, body } = await api.get(`/v1/candidates/${path}?after=${after}`);
      return status === 200 ? status : [status, body['code'] ?? body['type']];
    };
    const found = async (after: string): Promise<number> => (await api.search({}, {}, `?after=${after}`)).status;

    const behind = [503, expect.stringContaining('read-model-behind')];
    for (const path of [ada, `${ada}/timeline`])
      for (const after of [hers, his]) expect(await read(path, after)).toEqual(behind);
    expect(await found(hers)).toBe(503);
    expect(await read(bob, his)).toBe(200);
    expect(await read(`${bob}/timeline`, his)).toBe(200);
    expect(await found(his)).toBe(200);

    for (const takeUp of takeUps) await takeUp();
    for (const path of [ada, `${ada}/timeline`])
      for (const after of [hers, his]) expect(await read(path, after)).toBe(200);
    expect(await found(hers)).toBe(200);
  });
});
