import { newId } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, ServedQueryApi } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

describe('what the query API answers of somebody who was added twice', () => {
  let api: ServedQueryApi;
  const ada = newId();
  const twin = newId();
  const merge = { mergeId: newId(), survivorId: ada, mergedId: twin };
  const decisions = 'merges';
  const asked = ['', '/timeline', '/score', '/relationship', '/notes'].flatMap((what) => [
    `/v1/candidates/${ada}${what}`,
    `/v1/candidates/${twin}${what}`,
  ]);
  let before: readonly unknown[];
  let addedAt: string;
  let mergedAt: string;

  const answers = () => Promise.all(asked.map(async (path) => (await api.get(path)).body));
  const body = async (path: string): Promise<Record<string, unknown>> => (await api.get(path)).body;
  const added = (id: string, days: number, more: object) =>
    api.record('candidate', id, id, daysAgo(days), {
      type: 'candidate.added',
      data: { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [], ...more },
    });
  const happened = (id: string, days: number, type: string, data: object) =>
    api.record('engagement', id, id, daysAgo(days), { type, data });
  /** The whole person, as a search shows them. */
  const shown = async () => {
    const {
      mergedIds: _ids,
      workHistory: _work,
      education: _education,
      ...person
    } = await body(`/v1/candidates/${ada}`);
    return person;
  };
  const newsletter = async (id: string) => {
    const { permissions } = (await body(`/v1/candidates/${id}/relationship`)) as {
      permissions: { purpose: string; channel: string; allowed: boolean; obstacles: { code: string }[] }[];
    };
    const found = permissions.find(({ purpose, channel }) => purpose === 'newsletter' && channel === 'email');
    return { allowed: found?.allowed, obstacles: found?.obstacles.map(({ code }) => code) };
  };
  const noted = (id: string, days: number, text: string) =>
    api.record('candidate', id, id, daysAgo(days), {
      type: 'candidate.note-written',
      data: { noteId: newId(), text, mentions: [] },
    });
  const decided = (days: number, type: string, data: object) =>
    api.record('identity', decisions, undefined, daysAgo(days), { type, data });

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    await added(ada, 300, {
      name: { full: 'Ada Lovelace' },
      title: 'Engineer',
      owner: 'user-1',
      contactPoints: [{ kind: 'email', value: 'ada@example.com' }],
      skills: [{ name: 'SQL', years: 3 }],
    });
    await added(twin, 200, {
      name: { full: 'A. Lovelace' },
      employer: 'Analytical Engines',
      owner: 'user-2',
      contactPoints: [
        { kind: 'email', value: 'ada@example.com' },
        { kind: 'email', value: 'al@example.org' },
      ],
      skills: [{ name: 'SQL' }, { name: 'Rust' }],
    });
    await api.record('candidate', ada, ada, daysAgo(299), {
      type: 'candidate.consent-given',
      data: { purpose: 'newsletter', channel: 'email', basis: 'consent', evidence: { kind: 'form' } },
    });
    await noted(ada, 250, 'Knows looms.');
    await noted(twin, 150, 'Leads by now.');
    await happened(ada, 20, 'email.replied', { sentiment: 'interested' });
    await happened(twin, 10, 'email.replied', { sentiment: 'interested' });
    addedAt = await happened(twin, 5, 'note.added', { text: 'Same person?' });
    await api.fold();
    before = await answers();
    mergedAt = await decided(3, 'identity.merged', { ...merge, reason: 'review' });
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  it('is one person under both ids, with what either record tells', async () => {
    const [one, other] = await Promise.all([ada, twin].map((id) => body(`/v1/candidates/${id}`)));
    expect(other).toEqual(one);
    expect(one).toMatchObject({
      id: ada,
      mergedIds: [twin],
      name: 'Ada Lovelace',
      title: 'Engineer',
      employer: 'Analytical Engines',
      emails: ['ada@example.com', 'al@example.org'],
      skills: [
        { name: 'SQL', years: 3 },
        { name: 'Rust', years: null },
      ],
      addedAt: daysAgo(300).toISOString(),
      lastInteractionAt: daysAgo(5).toISOString(),
    });
  });

  it('is one history, of which each event says whom it was recorded for', async () => {
    const pages = async (id: string, limit: number) => {
      const seen: { candidateId: string; type: string }[] = [];
      for (let cursor = ''; ;) {
        const page = await body(`/v1/candidates/${id}/timeline?limit=${limit}${cursor && `&cursor=${cursor}`}`);
        seen.push(...(page['items'] as typeof seen));
        if (page['nextCursor'] === null) return seen;
        cursor = page['nextCursor'] as string;
      }
    };
    const all = await pages(twin, 200);
    expect(all.map(({ candidateId, type }) => [candidateId === ada ? 'ada' : 'twin', type])).toEqual([
      ['twin', 'note.added'],
      ['twin', 'email.replied'],
      ['ada', 'email.replied'],
      ['twin', 'candidate.note-written'],
      ['twin', 'candidate.added'],
      ['ada', 'candidate.note-written'],
      ['ada', 'candidate.consent-given'],
      ['ada', 'candidate.added'],
    ]);
    for (const limit of [1, 2, 5]) expect(await pages(ada, limit)).toEqual(all);
  });

  it('was noted about under either id, and each note says under which', async () => {
    const notes = async (id: string, query = '') =>
      ((await body(`/v1/candidates/${id}/notes${query}`))['items'] as { candidateId: string; text: string }[]).map(
        ({ candidateId, text }) => [candidateId === ada ? 'ada' : 'twin', text],
      );
    const all = [
      ['twin', 'Leads by now.'],
      ['ada', 'Knows looms.'],
    ];
    for (const id of [ada, twin]) {
      expect(await notes(id)).toEqual(all);
      expect(await notes(id, `?asOfPosition=${mergedAt}`)).toEqual(all);
    }
    expect(await notes(twin, `?at=${daysAgo(4).toISOString()}`)).toEqual(all.slice(0, 1));
    expect(await notes(twin, `?asOfPosition=${addedAt}`)).toEqual(all.slice(0, 1));
  });

  it('is one history to the audit too, in the streams of both', async () => {
    const audit = async (id: string) =>
      (await api.get(`/v1/audit/candidates/${id}/history`, { role: 'auditor' })).body as {
        verified: boolean;
        streams: { stream: string }[];
        items: { type: string; stream: string }[];
      };
    const one = await audit(ada);
    expect(one.streams.map(({ stream }) => stream)).toEqual([
      ...[ada, twin].flatMap((id) => [`candidate-${id}`, `engagement-${id}`]),
      `identity-${decisions}`,
    ]);
    expect([one.verified, one.items.length, one.items.at(-1)?.type]).toEqual([true, 9, 'identity.merged']);
    expect(new Set((await audit(twin)).items)).toEqual(new Set(one.items));
  });

  it('is owned by one, whoever is asked', async () => {
    const { owners } = (await body(`/v1/candidates/${twin}/relationship`)) as { owners: { owner: string }[] };
    expect(owners.map(({ owner }) => owner)).toEqual(['user-2', 'user-1']);
    expect(await body(`/v1/candidates/${ada}`)).toMatchObject({ owner: 'user-1' });
  });

  it('is one score, which its terms add up to', async () => {
    const [one, other] = await Promise.all([ada, twin].map((id) => body(`/v1/candidates/${id}/score`)));
    expect(other).toEqual(one);
    const { candidateId, score, terms, caps } = one as {
      candidateId: string;
      score: string;
      terms: { value: string }[];
      caps: { value: string }[];
    };
    const units = (text: string): bigint => BigInt(text.replace('.', ''));
    expect([candidateId, terms.length]).toEqual([ada, 2]);
    expect([...terms, ...caps].reduce((sum, { value }) => sum + units(value), 0n)).toBe(units(score));
  });

  it('may be contacted by a consent under either id, and not against what was said under either', async () => {
    expect(await newsletter(twin)).toEqual({ allowed: true, obstacles: [] });
    await happened(twin, 2, 'email.unsubscribed', {});
    await api.record('candidate', twin, twin, daysAgo(2), {
      type: 'candidate.do-not-contact-set',
      data: { reason: 'asked' },
    });
    await api.fold();
    expect(await newsletter(ada)).toEqual({ allowed: false, obstacles: ['do-not-contact', 'unsubscribed'] });
    await api.record('candidate', twin, twin, daysAgo(1), { type: 'candidate.do-not-contact-lifted', data: {} });
    await api.fold();
    expect(await newsletter(ada)).toEqual({ allowed: false, obstacles: ['unsubscribed'] });
  });

  it('is two people at any time before that was decided', async () => {
    const then = daysAgo(4).toISOString();
    const now = daysAgo(1).toISOString();
    const known = async (id: string, asOf: string) => {
      const { id: who, mergedIds } = await body(`/v1/candidates/${id}?asOf=${asOf}`);
      return [who, mergedIds];
    };
    expect(await known(twin, then)).toEqual([twin, []]);
    expect(await known(twin, now)).toEqual([ada, [twin]]);
    expect(((await body(`/v1/candidates/${ada}/timeline?asOf=${then}`))['items'] as unknown[]).length).toBe(4);
    expect(((await body(`/v1/candidates/${ada}/score?at=${then}`))['terms'] as unknown[]).length).toBe(1);
  });

  it('is found once, and ranked once among the hottest by the score of all of it, unless they unsubscribed under either id', async () => {
    const { body: found } = await api.search({ text: 'Lovelace', total: true, facets: ['employer'], limit: 1 });
    expect(found).toMatchObject({ total: 1, nextCursor: null, items: [await shown()] });
    expect((found['facets'] as { values: { count: number }[] }[])[0]?.values.map(({ count }) => count)).toEqual([1]);
    const ranked = async (query: string) => (await body(`/v1/engagement/hottest${query}`))['items'];
    const { score, band } = await body(`/v1/candidates/${ada}/score`);
    expect(await ranked('?includeUnsubscribed=true')).toMatchObject([{ candidateId: ada, band, score }]);
    expect(await ranked('')).toEqual([]);
  });

  it('is found by what one record tells together with what the other one does', async () => {
    const both = [
      { title: 'engineer' },
      { attribute: 'employer', is: ['Analytical Engines'] },
      { happened: { kinds: ['email.replied'], atLeast: 2 } },
    ];
    const { body: found } = await api.search({ where: { and: both }, lastHumanContact: { after: daysAgo(11) } });
    expect(found['items']).toMatchObject([await shown()]);
  });

  it('is, once the merge was undone, what each was before', async () => {
    await decided(0, 'identity.unmerged', merge);
    await api.fold();
    const after = await answers();
    // Of the twin more was told meanwhile; of Ada nothing was.
    const ofAda = (list: readonly unknown[]) => list.filter((_, n) => n % 2 === 0);
    expect(ofAda(after)).toEqual(ofAda(before));
    expect(await body(`/v1/candidates/${twin}`)).toMatchObject({ id: twin, mergedIds: [], title: null });
    expect((await newsletter(twin)).obstacles).toContain('unsubscribed');
  });
});
