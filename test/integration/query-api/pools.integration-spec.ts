import { newId } from '#libs/kernel';
import { membershipId } from '#libs/pools';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, NOW, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

type Item = Readonly<Record<string, unknown>>;
const itemsOf = (answer: Answer): Item[] => answer.body['items'] as Item[];
const namesOf = (answer: Answer): unknown[] => itemsOf(answer).map(({ name }) => name);

describe('what the query API answers about pools', () => {
  let api: ServedQueryApi;
  const [ada, bob, eve] = [newId(), newId(), newId()];
  const [shortlist, austin, empty, watched] = [newId(), newId(), newId(), newId()];
  /** Positions of what was recorded, in this order. */
  let [adaCame, bobCame, adaMoved, bobLeft, adaInterested, eveReplied] = ['', '', '', '', '', ''];

  const lists = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
  const known = (id: string, name: string, days: number, more: object = {}) =>
    api.record('candidate', id, id, daysAgo(days), {
      type: 'candidate.added',
      data: { ...lists, name: { full: name }, ...more },
    });
  const memberOf = (poolId: string, candidateId: string, days: number, type: string, more: object = {}) =>
    api.record('membership', membershipId(poolId, candidateId), candidateId, daysAgo(days), {
      type: `membership.${type}`,
      data: { poolId, candidateId, ...more },
    });
  const member = (candidateId: string, days: number, type: string, more: object = {}) =>
    memberOf(shortlist, candidateId, days, type, more);
  const pool = (id: string, days: number, data: object) =>
    api.record('pool', id, id, daysAgo(days), { type: 'pool.opened', data: { stages: [], watched: false, ...data } });

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    await known(ada, 'Ada', 400, { location: { city: 'Austin' }, owner: 'user-17' });
    await known(bob, 'Bob', 400);
    await known(eve, 'Eve', 400, { location: { city: 'Austin' } });
    await pool(shortlist, 300, {
      name: 'Shortlist',
      kind: 'static',
      owner: 'team-4',
      stages: ['new', 'met'],
      targetSize: 4,
    });
    await pool(austin, 200, {
      name: 'Austin, heard of lately',
      kind: 'segment',
      criteria: {
        and: [
          { attribute: 'city', is: ['Austin'] },
          { happened: { kinds: ['interest.expressed'], ago: { from: { days: 90 } } } },
          { not: { attribute: 'band', is: ['dormant'] } },
        ],
      },
    });
    await pool(empty, 100, { name: 'Empty', kind: 'static' });
    adaCame = await member(ada, 250, 'began', { stage: 'new', reason: 'sourced', note: 'At the fair.' });
    bobCame = await member(bob, 200, 'began', { stage: 'new' });
    adaMoved = await member(ada, 150, 'moved', { stage: 'met', reason: 'answered' });
    bobLeft = await member(bob, 100, 'ended', { reason: 'not-interested' });
    await member(bob, 50, 'began', { stage: 'met' });
    await member(eve, 40, 'began', { stage: 'new' });
    const interested = (days: number) =>
      api.record('engagement', ada, ada, daysAgo(days), { type: 'interest.expressed', data: { interest: 'go' } });
    adaInterested = await interested(320);
    await interested(20);
    await api.record('engagement', bob, bob, daysAgo(30), { type: 'email.sent', data: {} });
    // Warm 90 days ago, by one reply, and not any more.
    eveReplied = await api.record('engagement', eve, eve, daysAgo(95), {
      type: 'email.replied',
      data: { sentiment: 'interested' },
    });
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  const inShortlist = async (days: number, query = '') =>
    namesOf(await api.get(`/v1/pools/${shortlist}/members?at=${daysAgo(days).toISOString()}${query}`));

  it('lists pools by name, page by page, and one by its id', async () => {
    const first = await api.get('/v1/pools?limit=2');
    expect(namesOf(first)).toEqual(['Austin, heard of lately', 'Empty']);
    expect(namesOf(await api.get(`/v1/pools?cursor=${String(first.body['nextCursor'])}`))).toEqual(['Shortlist']);
    expect(namesOf(await api.get('/v1/pools?owner=team-4&kind=static&closed=false'))).toEqual(['Shortlist']);
    expect((await api.get(`/v1/pools/${shortlist}`)).body).toMatchObject({ stages: ['new', 'met'], targetSize: 4 });
    expect((await api.get(`/v1/pools/${newId()}`)).status).toBe(404);
    expect((await api.get('/v1/pools?cursor=WyJhIiwiYiJd')).status).toBe(400);
  });

  it('says who was in a static pool on any day, and at which stage', async () => {
    expect(await inShortlist(260)).toEqual([]);
    expect(await inShortlist(180)).toEqual(['Ada', 'Bob']);
    expect(await inShortlist(75)).toEqual(['Ada']);
    expect(await inShortlist(0)).toEqual(['Ada', 'Bob', 'Eve']);
    expect(await inShortlist(180, '&stage=met')).toEqual([]);
    expect(await inShortlist(0, '&stage=met')).toEqual(['Ada', 'Bob']);
  });

  it('keeps to the time of the first page, and gives everybody once', async () => {
    const seen: unknown[] = [];
    for (let cursor = ''; ;) {
      const page = await api.get(`/v1/pools/${shortlist}/members?limit=1${cursor && `&cursor=${cursor}`}`);
      expect(page.body['at']).toBe(NOW.toISOString());
      seen.push(...namesOf(page));
      cursor = (page.body['nextCursor'] as string | null) ?? '';
      if (cursor === '') break;
    }
    expect(seen).toEqual(['Ada', 'Bob', 'Eve']);
  });

  it('pages through the members of a segment by cursors that say nothing of anybody', async () => {
    const everybody = newId();
    await pool(everybody, 1, { name: 'Everybody', kind: 'segment', criteria: { not: { title: 'nobody' } } });
    await api.fold();
    const seen: unknown[] = [];
    for (let cursor = ''; ;) {
      const page = await api.get(`/v1/pools/${everybody}/members?limit=1${cursor && `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      seen.push(...namesOf(page));
      cursor = (page.body['nextCursor'] as string | null) ?? '';
      if (cursor === '') break;
      const told = Buffer.from(cursor, 'base64url').toString('latin1').toLowerCase();
      for (const name of ['ada', 'bob', 'eve', ada, bob, eve]) expect(told).not.toContain(name);
      expect((await api.get(`/v1/pools/${austin}/members?cursor=${cursor}`)).status).toBe(400);
    }
    expect(seen).toEqual(['Ada', 'Bob', 'Eve']);
  });

  it('says who came, moved and went between two days, and why', async () => {
    const between = async (from: number, to: number, more = '') =>
      itemsOf(
        await api.get(
          `/v1/pools/${shortlist}/changes?from=${daysAgo(from).toISOString()}&to=${daysAgo(to).toISOString()}${more}`,
        ),
      ).map(({ candidateId, change, stage, reason }) => [candidateId, change, stage, reason]);
    expect(await between(400, 99)).toEqual([
      [ada, 'entered', 'new', 'sourced'],
      [bob, 'entered', 'new', null],
      [ada, 'moved', 'met', 'answered'],
      [bob, 'left', null, 'not-interested'],
    ]);
    expect(await between(100, 50)).toEqual([[bob, 'left', null, 'not-interested']]);
    const first = await api.get(`/v1/pools/${shortlist}/changes?limit=3`);
    const rest = await api.get(`/v1/pools/${shortlist}/changes?cursor=${String(first.body['nextCursor'])}`);
    expect([...itemsOf(first), ...itemsOf(rest)]).toHaveLength(6);
    expect((await api.get(`/v1/pools/${shortlist}/changes?from=2026-02-01&to=2026-01-01`)).status).toBe(400);
  });

  it('says which pools a candidate is in, and was', async () => {
    const stays = itemsOf(await api.get(`/v1/candidates/${bob}/pools`));
    expect(stays.map(({ stage, leftReason }) => [stage, leftReason])).toEqual([
      ['met', null],
      ['new', 'not-interested'],
    ]);
    const at = daysAgo(75).toISOString();
    expect(itemsOf(await api.get(`/v1/candidates/${bob}/pools?at=${at}`))).toEqual([]);
    expect((await api.get(`/v1/candidates/${newId()}/pools`)).status).toBe(404);
  });

  it('finds who is in a segment now, and its past only where it was asked for', async () => {
    expect(namesOf(await api.get(`/v1/pools/${austin}/members`))).toEqual(['Ada']);
    const past = await api.get(`/v1/pools/${austin}/members?at=2026-01-01`);
    expect([past.status, past.body['type']]).toEqual([409, 'urn:rapport:problem:past-missing']);
    expect((await api.get(`/v1/pools/${austin}/changes`)).status).toBe(409);
    expect((await api.get(`/v1/pools/${austin}/members?stage=new`)).status).toBe(400);
  });

  it('says since when somebody is in a segment, until when, and by which condition they came and went', async () => {
    const { body } = await api.get(`/v1/pools/${austin}/members/${ada}/history`);
    expect(body).toMatchObject({
      member: true,
      since: daysAgo(20).toISOString(),
      changes: [
        { at: daysAgo(320).toISOString(), change: 'entered', because: ['/and/1', '/and/2/not'] },
        { change: 'left', because: ['/and/1'] },
        { at: daysAgo(20).toISOString(), change: 'entered', because: ['/and/1', '/and/2/not'] },
      ],
    });
    const next = Date.parse(String(body['nextChange'])) - daysAgo(20).getTime();
    expect(Math.floor(next / 86_400_000)).toBe(90);
    const before = await api.get(`/v1/pools/${austin}/members/${ada}/history?at=${daysAgo(100).toISOString()}`);
    expect(before.body).toMatchObject({ member: false });
    expect((await api.get(`/v1/pools/${austin}/members/${newId()}/history`)).status).toBe(404);
  });

  it('answers what was told of a watched segment, in the order of when it is about, page by page', async () => {
    await pool(watched, 60, {
      name: 'Watched',
      kind: 'segment',
      watched: true,
      criteria: { attribute: 'owner', known: true },
    });
    const told = (candidateId: string, days: number, type: string, more: object) => {
      const watch = { id: newId(), since: daysAgo(60).toISOString(), wasIn: false };
      const about = { candidateId, poolId: watched, watch, upTo: 'p1-1-1', at: daysAgo(days).toISOString() };
      return api.record('segment', candidateId, candidateId, NOW, {
        type: `segment.${type}`,
        data: { ...about, ...more },
      });
    };
    const news = { because: [''], restated: false };
    await told(eve, 30, 'entered', news);
    await told(bob, 50, 'entered', news);
    await told(bob, 40, 'left', news);
    await told(bob, 40, 'exit-retracted', { reason: 'known-better' });
    await told(bob, 10, 'change-expected', { at: null });
    await api.fold();
    const path = `/v1/pools/${watched}/changes`;
    const all = itemsOf(await api.get(path));
    expect(all.map(({ candidateId, change }) => [candidateId, change])).toEqual([
      [bob, 'entered'],
      [bob, 'left'],
      [bob, 'exit-retracted'],
      [eve, 'entered'],
    ]);
    expect(all[0]).toMatchObject({ at: daysAgo(50).toISOString(), because: [''], restated: false, reason: null });
    expect(all[2]).toMatchObject({
      because: [],
      reason: 'known-better',
      toldAt: expect.stringMatching(/Z$/) as unknown,
    });
    const first = await api.get(`${path}?limit=3`);
    const rest = await api.get(`${path}?cursor=${String(first.body['nextCursor'])}`);
    expect([...itemsOf(first), ...itemsOf(rest)]).toEqual(all);
    const [from, to] = [45, 35].map((days) => daysAgo(days).toISOString());
    expect(itemsOf(await api.get(`${path}?from=${from}&to=${to}`))).toEqual(all.slice(1, 3));
    expect((await api.get(`${path}?cursor=nonsense`)).status).toBe(400);
  });

  it('says the same of a static pool, by what was put down', async () => {
    expect((await api.get(`/v1/pools/${shortlist}/members/${bob}/history`)).body).toMatchObject({
      member: true,
      since: daysAgo(50).toISOString(),
      changes: [{ change: 'entered' }, { change: 'left', because: ['not-interested'] }, { change: 'entered' }],
    });
  });

  it('says which pools a candidate was in by what had been recorded by a position', async () => {
    const asKnown = async (id: string, position: string, more = '') =>
      itemsOf(await api.get(`/v1/candidates/${id}/pools?asOfPosition=${position}${more}`)).map(
        ({ name, stage, leftAt, leftReason }) => [name, stage, leftAt, leftReason],
      );
    expect(await asKnown(bob, adaCame)).toEqual([]);
    expect(await asKnown(bob, bobCame)).toEqual([['Shortlist', 'new', null, null]]);
    expect(await asKnown(bob, bobLeft)).toEqual([['Shortlist', 'new', daysAgo(100).toISOString(), 'not-interested']]);
    expect(await asKnown(ada, bobCame)).toEqual([['Shortlist', 'new', null, null]]);
    expect(await asKnown(ada, adaMoved)).toEqual([['Shortlist', 'met', null, null]]);
    // Both times: who was in at one, as was known at the other.
    const at = `&at=${daysAgo(75).toISOString()}`;
    expect(await asKnown(bob, bobCame, at)).toHaveLength(1);
    expect(await asKnown(bob, bobLeft, at)).toEqual([]);
    const all = itemsOf(await api.get(`/v1/candidates/${ada}/pools`));
    expect(itemsOf(await api.get(`/v1/candidates/${ada}/pools?asOfPosition=${adaInterested}`))).toEqual(all);
    expect((await api.get(`/v1/candidates/${ada}/pools?asOfPosition=then`)).status).toBe(400);
    expect((await api.get(`/v1/candidates/${newId()}/pools?asOfPosition=${adaCame}`)).status).toBe(404);
  });

  it('says how somebody came and went by what had been recorded by a position', async () => {
    const asKnown = async (poolId: string, id: string, position: string) =>
      (await api.get(`/v1/pools/${poolId}/members/${id}/history?asOfPosition=${position}`)).body;
    expect(await asKnown(shortlist, bob, adaCame)).toMatchObject({ member: false, since: null, changes: [] });
    expect(await asKnown(shortlist, bob, bobCame)).toMatchObject({
      member: true,
      since: daysAgo(200).toISOString(),
      changes: [{ change: 'entered' }],
    });
    expect(await asKnown(shortlist, bob, bobLeft)).toMatchObject({
      member: false,
      changes: [{ change: 'entered' }, { change: 'left', because: ['not-interested'] }],
    });
    expect(await asKnown(austin, ada, bobLeft)).toMatchObject({ member: false, changes: [] });
    expect(await asKnown(austin, ada, adaInterested)).toMatchObject({
      member: false,
      changes: [{ at: daysAgo(320).toISOString(), change: 'entered' }, { change: 'left' }],
    });
  });

  it('tells how a pool does', async () => {
    expect((await api.get(`/v1/pools/${shortlist}/health`)).body).toEqual({
      at: NOW.toISOString(),
      size: 3,
      targetSize: 4,
      owned: true,
      lastTouchAt: daysAgo(30).toISOString(),
      reached: 1,
      reachedShare: 0.333333,
      heardFrom: 1,
      withoutOwner: 2,
      cold: 3,
      grownCold: 1,
    });
    const none = { size: 0, owned: false, lastTouchAt: null, reachedShare: null, cold: 0, grownCold: 0 };
    expect((await api.get(`/v1/pools/${empty}/health`)).body).toMatchObject(none);
    expect((await api.get(`/v1/pools/${austin}/health`)).body).toMatchObject({ size: 1, heardFrom: 1 });
  });

  describe('once two members turn out to be one person', () => {
    const merge = { mergeId: newId(), survivorId: eve, mergedId: bob };
    const decisions = newId();
    const decided = (type: string, data: object) => api.record('identity', decisions, undefined, NOW, { type, data });
    const changed = async () =>
      itemsOf(await api.get(`/v1/pools/${shortlist}/changes`)).map(({ candidateId, addedAs, change }) => [
        candidateId,
        addedAs,
        change,
      ]);
    const answers = () =>
      Promise.all(
        [
          `/v1/pools/${shortlist}/members`,
          `/v1/pools/${shortlist}/changes`,
          `/v1/pools/${shortlist}/health`,
          `/v1/pools/${austin}/health`,
          `/v1/candidates/${bob}/pools`,
          `/v1/candidates/${eve}/pools`,
          `/v1/pools/${shortlist}/members/${bob}/history`,
        ].map(async (path) => (await api.get(path)).body),
      );
    let before: readonly unknown[];
    let merged = '';

    beforeAll(async () => {
      before = await answers();
      merged = await decided('identity.merged', { ...merge, reason: 'review' });
      await api.fold();
    }, SERVERS_MILLISECONDS);

    it('lists them once, with the id that they were put in with', async () => {
      const items = itemsOf(await api.get(`/v1/pools/${shortlist}/members`));
      expect(items.map(({ candidateId, addedAs, name }) => [candidateId, addedAs, name])).toEqual([
        [ada, ada, 'Ada'],
        [eve, bob, 'Eve'],
      ]);
      expect(await inShortlist(180)).toEqual(['Ada', 'Eve']);
      expect(await inShortlist(0, '&stage=met')).toEqual(['Ada', 'Eve']);
      const page = await api.get(`/v1/pools/${shortlist}/members?limit=1`);
      const rest = await api.get(`/v1/pools/${shortlist}/members?cursor=${String(page.body['nextCursor'])}`);
      expect(namesOf(rest)).toEqual(['Eve']);
    });

    it('tells of them as of one who came and went', async () => {
      expect(await changed()).toEqual([
        [ada, ada, 'entered'],
        [eve, bob, 'entered'],
        [ada, ada, 'moved'],
        [eve, bob, 'left'],
        [eve, bob, 'entered'],
      ]);
      for (const id of [bob, eve]) {
        const stays = itemsOf(await api.get(`/v1/candidates/${id}/pools`));
        expect(stays.map(({ joinedAt, leftAt }) => [joinedAt, leftAt])).toEqual([
          [daysAgo(50).toISOString(), null],
          [daysAgo(200).toISOString(), daysAgo(100).toISOString()],
        ]);
        expect((await api.get(`/v1/pools/${shortlist}/members/${id}/history`)).body).toMatchObject({
          member: true,
          since: daysAgo(50).toISOString(),
          changes: [{ change: 'entered' }, { change: 'left' }, { change: 'entered' }],
        });
      }
    });

    it('were two up to then, by what had been recorded', async () => {
      const addedAs = async (id: string, position: string) =>
        itemsOf(await api.get(`/v1/candidates/${id}/pools?asOfPosition=${position}`)).map((stay) => stay['addedAs']);
      expect([await addedAs(bob, eveReplied), await addedAs(eve, eveReplied)]).toEqual([[bob, bob], [eve]]);
      for (const path of [`/v1/candidates/${eve}/pools`, `/v1/pools/${shortlist}/members/${eve}/history`]) {
        const now = (await api.get(path)).body;
        expect((await api.get(`${path}?asOfPosition=${merged}`)).body).toEqual(now);
        expect((await api.get(`${path}?asOfPosition=${eveReplied}`)).body).not.toEqual(now);
      }
    });

    it('counts them once, with all that there was between us', async () => {
      expect((await api.get(`/v1/pools/${shortlist}/health`)).body).toMatchObject({
        size: 2,
        lastTouchAt: daysAgo(30).toISOString(),
        reached: 1,
        withoutOwner: 1,
        cold: 2,
        grownCold: 1,
      });
    });

    it('answers as before once that was undone', async () => {
      await decided('identity.unmerged', merge);
      await api.fold();
      expect(await answers()).toEqual(before);
    });
  });

  describe('of somebody who was put in with several ids', () => {
    const [one, other] = [newId(), newId()];
    const [overlapping, touching] = [newId(), newId()];
    let recorded = '';
    const instant = (days: number) => daysAgo(days).toISOString();
    const staysAt = async (days: number, more = '') =>
      itemsOf(await api.get(`/v1/candidates/${other}/pools?at=${instant(days)}${more}`)).map(
        ({ poolId, joinedAt, leftAt }) => [poolId, joinedAt, leftAt],
      );
    const membersAt = async (days: number) =>
      itemsOf(await api.get(`/v1/pools/${overlapping}/members?at=${instant(days)}`)).map(
        ({ candidateId, addedAs, reason, joinedAt, leftAt }) => [candidateId, addedAs, reason, joinedAt, leftAt],
      );

    beforeAll(async () => {
      for (const id of [one, other]) await known(id, 'Kay', 400);
      for (const id of [overlapping, touching]) await pool(id, 300, { name: 'Of Kay', kind: 'static' });
      await memberOf(overlapping, one, 60, 'began', { reason: 'sourced' });
      await memberOf(overlapping, other, 57, 'began', { reason: 'applied' });
      await memberOf(overlapping, one, 56, 'ended');
      await memberOf(touching, one, 60, 'began');
      await memberOf(touching, one, 57, 'ended');
      await memberOf(touching, other, 57, 'began');
      recorded = await api.record('identity', newId(), undefined, daysAgo(70), {
        type: 'identity.merged',
        data: { mergeId: newId(), survivorId: one, mergedId: other, reason: 'review' },
      });
      await api.fold();
    }, SERVERS_MILLISECONDS);

    it('tells of the whole stay at whatever instant of it, also by what had been recorded', async () => {
      for (const days of [59, 55]) {
        expect(await membersAt(days)).toEqual([[one, days === 59 ? one : other, 'sourced', instant(60), null]]);
        for (const more of ['', `&asOfPosition=${recorded}`])
          expect(await staysAt(days, more)).toContainEqual([overlapping, instant(60), null]);
      }
      expect(await membersAt(61)).toEqual([]);
      expect(await staysAt(61)).toEqual([]);
    });

    it('says nothing by a position that the rows have not come to, or that there is not', async () => {
      const [stays, history] = [`/v1/candidates/${one}/pools`, `/v1/pools/${empty}/members/${one}/history`];
      const began = await memberOf(empty, one, 5, 'began');
      for (const path of [stays, history]) {
        expect(await api.get(`${path}?asOfPosition=${began}&after=${recorded}`)).toMatchObject({
          status: 503,
          body: { type: 'urn:rapport:problem:read-model-behind' },
        });
        expect((await api.get(`${path}?asOfPosition=p1-9000000000000000000-0`)).status).toBe(400);
      }
      await api.fold();
      expect((await api.get(`${history}?asOfPosition=${began}`)).body).toMatchObject({ member: true });
      expect(itemsOf(await api.get(`${stays}?asOfPosition=${began}`)).map(({ poolId }) => poolId)).toContain(empty);
    });

    it('tells of two stays that only touch as of two', async () => {
      const stays = [
        [touching, instant(60), instant(57)],
        [touching, instant(57), null],
      ];
      expect(await staysAt(58)).toContainEqual(stays[0]);
      expect(await staysAt(57)).toContainEqual(stays[1]);
      const changes = itemsOf(await api.get(`/v1/pools/${touching}/changes`));
      expect(changes.map(({ addedAs, change, at }) => [addedAs, change, at])).toEqual(
        expect.arrayContaining([
          [one, 'entered', instant(60)],
          [one, 'left', instant(57)],
          [other, 'entered', instant(57)],
        ]),
      );
      expect(changes).toHaveLength(3);
    });
  });
});
