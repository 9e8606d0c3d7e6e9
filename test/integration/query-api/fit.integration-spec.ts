import { EventCodec, EventLog } from '#libs/event-store';
import type { FitModel, FitModelEvent } from '#libs/fit';
import { newId } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PastFit } from '../../../apps/rapport/src/commands/fit/past-fit.js';
import { daysAgo, NOW, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

const model: FitModel = {
  name: 'backend-engineer',
  version: 1,
  title: 'Backend engineers in Austin',
  rules: [
    { label: 'Title', points: 40, where: { title: 'software engineers' } },
    { label: 'SQL', points: 20, must: true, where: { attribute: 'skills', is: ['SQL'] } },
    { label: 'Austin', points: 15, where: { near: { latitude: 30.2672, longitude: -97.7431, kilometres: 60 } } },
    {
      label: 'Five years, or looking',
      points: 25,
      where: {
        or: [
          { number: 'experienceYears', atLeast: 5 },
          { attribute: 'availability', is: ['looking'] },
        ],
      },
    },
  ],
  grades: { A: 80, B: 60, C: 40 },
};
const austin = { city: 'Austin', region: 'Texas', country: 'US', latitude: 30.26715, longitude: -97.74306 };

describe('Fit', () => {
  let api: ServedQueryApi;
  const ada = newId();
  const bob = newId();
  const cleo = newId();
  const other = newId();
  let beforeChange: string;

  const decide = (event: FitModelEvent): Promise<string> => api.record('fit', 'models', undefined, daysAgo(0), event);
  const fit = (id: string, query = ''): Promise<Answer> =>
    api.get(`/v1/candidates/${id}/fit?model=backend-engineer${query}`);
  const search = (body: object): Promise<Answer> => api.search({ fit: { model: 'backend-engineer' }, ...body });
  const found = ({ body }: Answer): string[] => (body['items'] as { id: string }[]).map(({ id }) => id);
  const add = (id: string, data: object): Promise<string> =>
    api.record('candidate', id, id, daysAgo(100), {
      type: 'candidate.added',
      data: { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [], ...data },
    });

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    await decide({ type: 'fit-model.published', data: { model } });
    await add(ada, {
      name: { full: 'Ada Lovelace' },
      title: 'Senior Software Engineer',
      location: { city: 'Austin' },
      skills: [{ name: 'SQL' }],
      experienceYears: 3,
      normalised: { taxonomyVersion: 'test', titleKey: 'software-engineer', place: austin, skillKeys: ['sql'] },
    });
    await add(bob, { name: { full: 'Bob Stone' }, title: 'Software Engineer', experienceYears: 9 });
    await add(cleo, { name: { full: 'Cleo Hart' }, title: 'Nurse', skills: [{ name: 'SQL' }] });
    // The same person as Cleo, under another id.
    await add(other, { experienceYears: 7 });
    await api.record('identity', 'merges', undefined, daysAgo(50), {
      type: 'identity.merged',
      data: { mergeId: newId(), survivorId: cleo, mergedId: other, reason: 'review' },
    });
    beforeChange = await api.record('engagement', bob, bob, daysAgo(1), {
      type: 'email.replied',
      data: { sentiment: 'interested' },
    });
    await api.record('candidate', ada, ada, daysAgo(10), {
      type: 'candidate.availability-stated',
      data: { status: 'looking' },
    });
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  it('is explained: each rule, what it went by, and points that add up', async () => {
    const { status, body } = await fit(ada);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      candidateId: ada,
      model: 'backend-engineer.1',
      at: NOW.toISOString(),
      score: 100,
      most: 100,
      grade: 'A',
      lacksMust: false,
      waysUp: [],
    });
    const rules = body['rules'] as { label: string; value: number; conditions: object[] }[];
    expect(rules.reduce((sum, { value }) => sum + value, 0)).toBe(body['score']);
    expect(rules.map(({ conditions }) => conditions)).toMatchObject([
      [{ holds: true, known: { attribute: 'title', values: ['Senior Software Engineer'] } }],
      [{ holds: true, known: { attribute: 'skills', values: ['SQL'] } }],
      [{ holds: true, known: { attribute: 'place', values: ['Austin'], kilometres: 0 } }],
      [
        { pointer: '/or/0', holds: false, known: { attribute: 'experienceYears', values: ['3'] } },
        {
          pointer: '/or/1',
          holds: true,
          since: daysAgo(10).toISOString(),
          known: { attribute: 'availability', values: ['looking'] },
        },
      ],
    ]);
    expect(rules[3]).toMatchObject({ label: 'Five years, or looking', met: true, since: daysAgo(10).toISOString() });
  });

  it('says what would have changed it', async () => {
    expect((await fit(ada)).body['variations']).toMatchObject([
      { label: 'Title', met: false, score: 60, grade: 'B' },
      { label: 'SQL', met: false, score: 80, grade: 'D' },
      { label: 'Austin', met: false, score: 85, grade: 'A' },
      { label: 'Five years, or looking', met: false, score: 75, grade: 'B' },
    ]);
    expect((await fit(bob)).body).toMatchObject({
      score: 65,
      grade: 'D',
      lacksMust: true,
      waysUp: [
        { grade: 'C', missingPoints: 0, labels: ['SQL'] },
        { grade: 'B', missingPoints: 0, labels: ['SQL'] },
        { grade: 'A', missingPoints: 15, labels: ['SQL'] },
      ],
    });
  });

  it('is exact for any time, by what had happened by then or was known by then', async () => {
    const before = { score: 75, grade: 'B' };
    expect((await fit(ada, `&at=${daysAgo(11).toISOString()}`)).body).toMatchObject(before);
    expect((await fit(ada, `&asOfPosition=${beforeChange}`)).body).toMatchObject(before);
    expect((await fit(ada, '&at=2030-01-01')).body).toMatchObject({ score: 100, at: '2030-01-01T00:00:00.000Z' });
    expect((await fit(ada, `&at=${daysAgo(101).toISOString()}`)).body).toMatchObject({
      type: 'urn:rapport:problem:candidate-unknown',
    });
  });

  it('is that of the whole person, whichever id is asked for', async () => {
    const whole = await fit(cleo);
    expect(whole.body).toMatchObject({ candidateId: cleo, score: 45, grade: 'C' });
    expect((await fit(other)).text).toBe(whole.text);
    expect((await fit(cleo, `&at=${daysAgo(60).toISOString()}`)).body).toMatchObject({ score: 20, grade: 'D' });
  });

  it('sorts a search, narrows it by grades, and is told of each who is found', async () => {
    const sorted = await search({ sort: { by: 'fit' }, limit: 2 });
    expect(sorted.body['items']).toMatchObject([
      { id: ada, fit: { score: 100, grade: 'A', lacksMust: false } },
      { id: cleo, fit: { score: 45, grade: 'C', lacksMust: false } },
    ]);
    const rest = await search({ sort: { by: 'fit' }, limit: 2, cursor: sorted.body['nextCursor'] });
    expect(rest.body).toMatchObject({ items: [{ id: bob, fit: { score: 65, grade: 'D' } }], nextCursor: null });
    const good = await search({ fit: { model: 'backend-engineer.1', grades: ['A', 'D'] }, sort: { by: 'name' } });
    expect(found(good)).toEqual([ada, bob]);
    expect((await api.search({})).text).not.toContain('"fit"');
  });

  it('stands beside engagement in a grid, and in no number with it', async () => {
    const { body } = await search({ fitGrid: true });
    const grid = body['fitGrid'] as { cells: { grade: string; band: string; count: number }[] };
    expect(grid).toMatchObject({ model: 'backend-engineer.1', scoringModel: expect.any(Number) });
    expect(grid.cells).toHaveLength(16);
    expect(grid.cells.filter(({ count }) => count > 0)).toEqual([
      { grade: 'A', band: 'dormant', count: 1 },
      { grade: 'C', band: 'dormant', count: 1 },
      { grade: 'D', band: expect.stringMatching(/^(hot|warm|cold)$/), count: 1 },
    ]);
    const narrowed = await search({ fitGrid: true, where: { attribute: 'band', is: ['dormant'] } });
    const counts = (narrowed.body['fitGrid'] as typeof grid).cells.map(({ count }) => count);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('ranks people at past instants as it is explained of each of them', async () => {
    const instants = [daysAgo(120), daysAgo(20), daysAgo(1)];
    const of = <T>(type: abstract new (...args: never[]) => T): T => api.app.get(type, { strict: false });
    const past = new PastFit(of(Database), of(EventLog), of(EventCodec));
    const ranked = await past.of([model], instants, 10);
    expect(ranked.map(({ candidateId }) => candidateId).sort()).toEqual([ada, bob, cleo].sort());
    for (const { candidateId, scores } of ranked) {
      const explained = instants.map(async (at) => {
        const { status, body } = await fit(candidateId, `&at=${at.toISOString()}`);
        // Whoever lacks nothing that must be comes before all others.
        return status === 404 ? NaN : Number(body['score']) + (body['lacksMust'] ? 0 : 101);
      });
      expect(scores).toEqual([await Promise.all(explained)]);
    }
    expect(ranked.flatMap(({ scores }) => scores).map(([first]) => first)).toEqual([NaN, NaN, NaN]);
    expect(await past.of([model], instants, 1)).toHaveLength(1);
  });

  it('is exported in its order, and recorded with the version that it went by', async () => {
    const exported = await api.send('POST', '/v1/candidates/export', {
      body: {
        format: 'ndjson',
        columns: ['id'],
        purpose: 'Fair',
        fit: { model: 'backend-engineer' },
        sort: { by: 'fit' },
      },
    });
    expect(
      exported.text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id),
    ).toEqual([ada, cleo, bob]);
    const records = await api.get('/v1/audit/searches', { role: 'auditor' });
    expect((records.body['items'] as object[])[0]).toMatchObject({ request: { fit: { model: 'backend-engineer.1' } } });
  });

  it('goes on by the version of the first page, and refuses what it does not know', async () => {
    const first = await search({ sort: { by: 'fit' }, limit: 1 });
    const cursor = first.body['nextCursor'];
    const turned = { ...model, version: 2, rules: [{ label: 'Nurse', points: 100, where: { title: 'nurse' } }] };
    await decide({ type: 'fit-model.published', data: { model: turned } });
    await decide({ type: 'fit-model.retired', data: { name: model.name, version: 1 } });
    await api.fold();
    expect(found(await search({ sort: { by: 'fit' }, cursor }))).toEqual([cleo, bob]);
    expect(found(await search({ sort: { by: 'fit' }, limit: 1 }))).toEqual([cleo]);
    const refused = async (body: object): Promise<unknown> => {
      const { status, body: problem } = await search(body);
      return [status, (problem['errors'] as { pointer: string }[])[0]?.pointer];
    };
    expect(await refused({ fit: { model: 'backend-engineer.1' } })).toEqual([400, '/fit/model']);
    expect(await refused({ fit: { model: 'welder' } })).toEqual([400, '/fit/model']);
    expect(await refused({ fit: undefined, sort: { by: 'fit' } })).toEqual([400, '/sort/by']);
    expect(await refused({ fit: undefined, fitGrid: true })).toEqual([400, '/fitGrid']);
    expect(await refused({ fit: { model: 'welder' }, cursor })).toEqual([400, '/cursor']);
    // What came of it stays explained.
    expect((await fit(ada, '.1')).body).toMatchObject({ score: 100, model: 'backend-engineer.1' });
    expect((await api.get(`/v1/candidates/${ada}/fit?model=welder`)).status).toBe(400);
    expect((await api.get(`/v1/candidates/${ada}/fit`)).status).toBe(400);
    expect((await fit(newId())).status).toBe(404);
    const listed = await api.get('/v1/fit-models');
    // Other suites decide on the same stream.
    const own = (listed.body['items'] as { name: string }[]).filter(({ name }) => name === model.name);
    expect(own).toMatchObject([
      { name: 'backend-engineer', version: 2, retiredAt: null, model: turned },
      { name: 'backend-engineer', version: 1, retiredAt: daysAgo(0).toISOString() },
    ]);
  });
});
