import { CLOCK, newId, type FixedClock } from '#libs/kernel';
import { talentSearch } from '#projections/talent-search';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readModels } from '../../../apps/query-api/src/projections/read-models.js';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;
const DAY = 24 * 3_600_000;

interface Item {
  readonly id: string;
  readonly name: string;
}
const itemsOf = (answer: Answer): Item[] => answer.body['items'] as Item[];
const namesOf = (answer: Answer): string[] => itemsOf(answer).map(({ name }) => name);

const profile = (name: string, more: object = {}) => ({
  type: 'candidate.added',
  data: {
    name: { full: name },
    contactPoints: [],
    skills: [],
    interests: [],
    tags: [],
    freeTags: [],
    externalIds: [],
    ...more,
  },
});

describe('what the query API answers', () => {
  let api: ServedQueryApi;
  const ada = newId();
  const jose = newId();
  const bob = newId();
  const hire = newId();

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    await api.record(
      'candidate',
      ada,
      ada,
      daysAgo(400),
      profile('Ada Lovelace', {
        title: 'Senior Software Engineer',
        employer: 'Analytical Engines',
        experienceYears: 8,
        location: { city: 'Austin', region: 'Texas', country: 'US' },
        contactPoints: [
          { kind: 'email', value: 'ada@example.com' },
          { kind: 'phone', value: '+15125550100' },
        ],
        skills: [{ name: 'TypeScript', years: 4.5 }, { name: 'SQL' }],
        tags: ['nurture-2026'],
        freeTags: ['met at the fair'],
        source: { kind: 'social-media', name: 'LinkedIn' },
        owner: 'user-17',
      }),
    );
    const told = (id: string, days: number, type: string, data: object) =>
      api.record('engagement', id, id, daysAgo(days), { type, data });
    // 6 to 12 months before 1 March 2026.
    await told(ada, 270, 'interest.expressed', { interest: 'backend', role: 'Backend Engineer' });
    await told(ada, 120, 'meeting.held', { format: 'video', notes: 'Loves looms.' });
    await told(ada, 60, 'email.replied', { sentiment: 'interested' });
    await told(ada, 10, 'email.opened', { agent: 'machine' });

    await api.record('candidate', jose, jose, daysAgo(300), profile('José Núñez', { title: 'Data Scientist' }));
    await api.record('candidate', jose, jose, daysAgo(250), {
      type: 'candidate.consent-given',
      data: { purpose: 'newsletter', channel: 'email', basis: 'consent', evidence: { kind: 'form' } },
    });
    await api.record('candidate', bob, bob, daysAgo(200), profile('Bob Stone', { title: 'Software Engineer' }));
    await told(bob, 1, 'event.attended', { name: 'Open house' });
    await told(bob, 1, 'email.unsubscribed', {});

    const applied = (id: string, candidateId: string, days: number, role: string, name: string) =>
      api.record('application', id, candidateId, daysAgo(days), {
        type: 'application.submitted',
        data: { candidateId, role, source: { kind: 'social-media', name } },
      });
    const moved = (id: string, candidateId: string, days: number, type: string, data: object = {}) =>
      api.record('application', id, candidateId, daysAgo(days), { type, data: { candidateId, ...data } });
    const rejection = newId();
    await applied(hire, jose, 120, 'Data Scientist', 'LinkedIn');
    await applied(rejection, bob, 90, 'Backend Engineer', 'Careers page');
    await moved(hire, jose, 100, 'application.stage-reached', { stage: 'interviewed' });
    await moved(hire, jose, 60, 'application.hired');
    await moved(rejection, bob, 80, 'application.rejected', { reason: 'experience' });
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  it('shows a candidate, with the revision of their profile as ETag, and lets nobody keep a copy', async () => {
    const answer = await api.get(`/v1/candidates/${ada}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"0"');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.body).toEqual({
      id: ada,
      mergedIds: [],
      revision: 0,
      name: 'Ada Lovelace',
      title: 'Senior Software Engineer',
      occupations: [],
      employer: 'Analytical Engines',
      location: { city: 'Austin', region: 'Texas', country: 'US' },
      place: null,
      experienceYears: 8,
      skills: [
        { name: 'TypeScript', years: 4.5 },
        { name: 'SQL', years: null },
      ],
      tags: ['nurture-2026', 'met at the fair'],
      interests: [],
      availability: null,
      languages: [],
      emails: ['ada@example.com'],
      phones: ['+15125550100'],
      profileUrls: [],
      source: { kind: 'social-media', name: 'LinkedIn' },
      owner: 'user-17',
      addedAt: daysAgo(400).toISOString(),
      lastHumanContactAt: daysAgo(60).toISOString(),
      lastInteractionAt: daysAgo(10).toISOString(),
      workHistory: [],
      customFields: [],
      education: [],
    });
  });

  it('finds software engineers in Austin who expressed interest in backend roles 6 to 12 months ago', async () => {
    const criteria = {
      title: 'software engineers',
      location: { city: 'Austin' },
      interest: { name: 'backend', expressedMonthsAgo: { from: 12, to: 6 } },
    };
    expect(namesOf(await api.search(criteria))).toEqual(['Ada Lovelace']);
    const later = { ...criteria, interest: { name: 'backend', expressedMonthsAgo: { from: 6, to: 0 } } };
    expect(namesOf(await api.search(later))).toEqual([]);
  });

  it.each([
    ['typing errors', { text: 'sofware enginer austin' }, ['Ada Lovelace']],
    ['accents', { text: 'Jose Nunez' }, ['José Núñez']],
    ['a skill and years of it', { skills: { all: [{ name: 'typescript', minYears: 4 }] } }, ['Ada Lovelace']],
    ['too many years of a skill', { skills: { all: [{ name: 'typescript', minYears: 5 }] } }, []],
    ['one of several tags', { tags: { any: ['alumni', 'nurture-2026'] } }, ['Ada Lovelace']],
    ['a source', { source: { name: 'LinkedIn' } }, ['Ada Lovelace']],
    ['an owner', { owner: 'user-17' }, ['Ada Lovelace']],
    ['no owner', { owner: null }, ['Bob Stone', 'José Núñez']],
    ['the last contact', { lastHumanContact: { before: '2026-01-15' } }, ['Ada Lovelace', 'José Núñez']],
    ['experience', { experienceYears: { min: 5, max: 8 } }, ['Ada Lovelace']],
    [
      'nothing in particular, by when they were added',
      { sort: { by: 'added', direction: 'asc' } },
      ['Ada Lovelace', 'José Núñez', 'Bob Stone'],
    ],
  ])('searches by %s', async (_what, criteria, names) => {
    expect(namesOf(await api.search(criteria))).toEqual(names);
  });

  it('searches by criteria, with all the rest that is asked for', async () => {
    const expressed = {
      kinds: ['interest.expressed'],
      topic: 'backend',
      ago: { from: { months: 12 }, to: { months: 6 } },
    };
    const where = {
      and: [{ title: 'software engineers' }, { attribute: 'city', is: ['Austin'] }, { happened: expressed }],
    };
    expect(namesOf(await api.search({ where }))).toEqual(['Ada Lovelace']);
    expect(namesOf(await api.search({ where, owner: 'user-18' }))).toEqual([]);
    expect(namesOf(await api.search({ where: { not: where } }))).toEqual(['Bob Stone', 'José Núñez']);
    const consent = { consent: { purpose: 'newsletter', channel: 'email' } };
    expect(namesOf(await api.search({ where: consent }))).toEqual(['José Núñez']);
    expect(namesOf(await api.search({ where: { not: consent } }))).toEqual(['Ada Lovelace', 'Bob Stone']);
  });

  it('counts how those found divide up as of when the first page was asked for', async () => {
    const acts = { kinds: ['email.replied', 'event.attended'], ago: { from: { days: 70 } } };
    const asked = { where: { happened: acts }, facets: ['owner'], total: true, limit: 1 };
    const first = await api.search(asked);
    const clock = api.app.get<FixedClock>(CLOCK, { strict: false });
    // Ada's reply is too long ago by then.
    clock.advance(11 * DAY);
    const second = await api.search({ ...asked, cursor: first.body['nextCursor'] });
    clock.advance(-11 * DAY);
    const counted = { total: 2, facets: [{ facet: 'owner', values: [{ value: 'user-17', count: 1 }] }] };
    expect([first.body, second.body]).toMatchObject([counted, counted]);
    expect([...namesOf(first), ...namesOf(second)]).toEqual(['Ada Lovelace', 'Bob Stone']);
  });

  it('counts how those found divide up, and marks the words that were searched for', async () => {
    const answer = await api.search({
      text: 'sofware',
      // Bob's title is as like: by relevance, ids would say who comes first.
      owner: 'user-17',
      facets: ['city', 'skills', 'experience'],
      highlight: true,
      limit: 1,
    });
    expect(answer.body['facets']).toEqual([
      { facet: 'city', values: [{ value: 'austin', label: 'Austin', count: 1 }] },
      { facet: 'skills', values: [] },
      { facet: 'experience', values: [{ value: '6-9', label: '6-9', count: 1 }] },
    ]);
    expect(answer.body['items']).toMatchObject([
      { highlights: [{ field: 'title', value: 'Senior Software Engineer', ranges: [[7, 15]] }] },
    ]);
    expect((await api.search({ facets: ['city', 'city'] })).status).toBe(400);
  });

  it('says what is wrong with criteria, and where', async () => {
    const answer = await api.search({ where: { and: [{ attribute: 'age', is: ['40'] }, { title: '' }] } });
    expect(answer.status).toBe(400);
    const errors = answer.body['errors'] as { pointer: string }[];
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/where/and/0/attribute', '/where/and/1/title']);
    const schema = await api.get('/v1/schemas/criteria');
    expect(schema.body).toMatchObject({ title: 'Criteria' });
  });

  it('takes places as people write them, and asks which one is meant', async () => {
    for (const region of ['TX', 'texas'])
      expect((await api.search({ location: { region } })).body['items']).toMatchObject([{ id: ada }]);
    for (const country of ['US', 'us', 'United States', 'Estados Unidos'])
      expect((await api.search({ location: { country } })).body['items']).toMatchObject([{ id: ada }]);
    const near = (at: object) => api.search({ near: { ...at, kilometres: 50 } });
    expect((await near({ city: 'Austin', region: 'TX', country: 'US' })).status).toBe(200);
    for (const [at, pointer] of [
      [{ city: 'Springfield' }, '/near/city'],
      [{ city: 'Austin', latitude: 30, longitude: -97 }, '/near'],
    ] as const) {
      const refused = await near(at);
      expect([refused.status, refused.body['errors']]).toMatchObject([400, [{ pointer }]]);
    }
  });

  it('gives a search in pages, and counts it when asked', async () => {
    const first = await api.search({ limit: 2, total: true });
    expect(first.body['total']).toBe(3);
    const second = await api.search({ limit: 2, cursor: first.body['nextCursor'] });
    expect([...namesOf(first), ...namesOf(second)]).toEqual(['Ada Lovelace', 'Bob Stone', 'José Núñez']);
    expect(second.body).toMatchObject({ nextCursor: null });
    expect(second.body).not.toHaveProperty('total');
  });

  it('tells a timeline newest first, oldest first, by type and in pages', async () => {
    const types = (answer: Answer) => (answer.body['items'] as { type: string }[]).map(({ type }) => type);
    const path = `/v1/candidates/${ada}/timeline`;
    const all = ['email.opened', 'email.replied', 'meeting.held', 'interest.expressed', 'candidate.added'];
    expect(types(await api.get(path))).toEqual(all);
    expect(types(await api.get(`${path}?order=oldest`))).toEqual([...all].reverse());
    expect(types(await api.get(`${path}?types=email.replied,meeting.held`))).toEqual(['email.replied', 'meeting.held']);
    expect(types(await api.get(`${path}?types=call.made`))).toEqual([]);

    const first = await api.get(`${path}?limit=3`);
    const second = await api.get(`${path}?limit=3&cursor=${String(first.body['nextCursor'])}`);
    expect([...types(first), ...types(second)]).toEqual(all);
    expect(second.body['nextCursor']).toBeNull();
    expect((first.body['items'] as object[])[2]).toMatchObject({
      occurredAt: daysAgo(120).toISOString(),
      timePrecision: 'instant',
      actor: { kind: 'user', id: 'recruiter-1' },
      source: 'api',
      details: { format: 'video', notes: 'Loves looms.' },
    });
  });

  it('says whether somebody may be contacted, now and at another time', async () => {
    const allowed = async (at: Date) => {
      const { body } = await api.get(`/v1/candidates/${jose}/relationship?at=${at.toISOString()}`);
      const permissions = body['permissions'] as { purpose: string; channel: string; allowed: boolean }[];
      return permissions.filter((one) => one.allowed).map(({ purpose, channel }) => `${purpose} ${channel}`);
    };
    expect(await allowed(daysAgo(0))).toEqual(['newsletter email']);
    expect(await allowed(daysAgo(300))).toEqual([]);
    expect((await api.get(`/v1/candidates/${newId()}/relationship`)).status).toBe(404);
  });

  it('explains a score to the last digit, now and at another time', async () => {
    const first = (await api.get(`/v1/candidates/${ada}/score?model=1`)).body;
    // 25 points one half-life ago, 15 points two, 10 points four and a half.
    expect(first).toMatchObject({ score: '16.691941738', band: 'cold', modelVersion: 1, lifetimePoints: 50 });
    const now = (await api.get(`/v1/candidates/${ada}/score`)).body;
    // Half-lives of 90 days instead of 60.
    expect(now).toMatchObject({ score: '22.951767069', band: 'warm', unsubscribed: false, modelVersion: 2 });
    expect((now['whatIf'] as object[])[0]).toMatchObject({ type: 'email.replied', band: 'warm' });
    expect(now['terms']).toMatchObject([
      { type: 'email.replied', weight: 25, value: '15.749013124' },
      { type: 'meeting.held', weight: 15, value: '5.952753945' },
      { type: 'interest.expressed', weight: 10, value: '1.250000000' },
    ]);
    expect(now['leftOut']).toMatchObject([{ type: 'email.opened', reason: 'machine' }]);

    const then = (await api.get(`/v1/candidates/${ada}/score?at=${daysAgo(120).toISOString()}`)).body;
    expect(then).toMatchObject({
      at: daysAgo(120).toISOString(),
      terms: [{ weight: 15 }, { weight: 10 }],
      leftOut: [],
    });
  });

  it('says why a score is not what it was', async () => {
    const since = daysAgo(120).toISOString();
    const { body } = await api.get(`/v1/candidates/${ada}/score/changes?since=${since}`);
    const before = (await api.get(`/v1/candidates/${ada}/score?at=${since}`)).body;
    expect(body).toMatchObject({ before: { at: since, score: before['score'] }, after: { score: '22.951767069' } });
    expect(body['terms']).toMatchObject([
      { type: 'email.replied', kind: 'came', before: '0.000000000' },
      { type: 'meeting.held', kind: 'faded', after: '5.952753945' },
      { type: 'interest.expressed', kind: 'faded', after: '1.250000000' },
    ]);
    const refused = await api.get(
      `/v1/candidates/${ada}/score/changes?since=${since}&at=${daysAgo(130).toISOString()}`,
    );
    expect([refused.status, refused.body['errors']]).toMatchObject([400, [{ pointer: '/since' }]]);
  });

  it('scores somebody with whom nothing happened yet', async () => {
    const answer = await api.get(`/v1/candidates/${bob}/score?at=${daysAgo(150).toISOString()}`);
    expect(answer.body).toMatchObject({ score: '0.000000000', band: 'dormant', terms: [], lastSignalAt: null });
  });

  it('ranks the hottest, without those who unsubscribed unless they are asked for', async () => {
    const ids = (answer: Answer) =>
      (answer.body['items'] as { candidateId: string }[]).map(({ candidateId }) => candidateId);
    expect(ids(await api.get('/v1/engagement/hottest'))).toEqual([ada, jose]);
    const all = await api.get('/v1/engagement/hottest?includeUnsubscribed=true&limit=1');
    expect(all.body['items']).toMatchObject([
      { candidateId: bob, name: 'Bob Stone', title: 'Software Engineer', unsubscribed: true },
    ]);
    const rest = await api.get(`/v1/engagement/hottest?limit=10&cursor=${String(all.body['nextCursor'])}`);
    expect(ids(rest)).toEqual([ada, jose]);
    expect(ids(await api.get(`/v1/engagement/hottest?at=${daysAgo(110).toISOString()}`))).toEqual([jose, ada]);
  });

  it('counts a funnel by source and role', async () => {
    const bySource = await api.get('/v1/funnel?by=source');
    expect(bySource.body['items']).toMatchObject([
      {
        source: 'Careers page',
        reached: { applied: 1, screened: 0, interviewed: 0, offered: 0, hired: 0 },
        rejected: 1,
        conversion: { screened: { fromPrevious: 0 }, interviewed: { fromPrevious: null, fromEntered: 0 } },
      },
      { source: 'LinkedIn', reached: { applied: 1, screened: 1, interviewed: 1, offered: 1, hired: 1 } },
    ]);
    const withinThirtyDays = await api.get('/v1/funnel?within=30');
    expect(withinThirtyDays.body['items']).toMatchObject([{ reached: { applied: 2, interviewed: 1, hired: 0 } }]);
    const cohort = await api.get(`/v1/funnel?by=source,role&from=${daysAgo(100).toISOString()}`);
    expect(cohort.body['items']).toMatchObject([{ source: 'Careers page', role: 'Backend Engineer' }]);
  });

  it('says how far the read models are', async () => {
    const answer = await api.get('/v1/projections');
    expect(answer.body['items']).toHaveLength(readModels.length);
    expect(answer.body['items']).toContainEqual(
      expect.objectContaining({ name: 'talent-search', version: talentSearch.version, state: 'running' }),
    );
  });

  it('is ready, and describes itself with an example for every field', async () => {
    expect((await api.get('/health/ready', { role: undefined })).body).toEqual({
      status: 'ready',
      checks: { postgresql: 'ok', 'read models': 'ok' },
    });
    const document = JSON.parse((await api.get('/docs/openapi.json', { role: undefined })).text) as {
      paths: Record<string, object>;
      components: { schemas: Record<string, { properties?: Record<string, Record<string, unknown>> }> };
    };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/v1/candidates/search', '/v1/funnel', '/v1/audit/candidates/{id}/history']),
    );
    const bare = Object.entries(document.components.schemas).flatMap(([schema, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, field]) => !('example' in field || '$ref' in field || 'allOf' in field || 'items' in field))
        .map(([field]) => `${schema}.${field}`),
    );
    expect(bare).toEqual([]);
  });

  it('shows any past state, by when things happened and by when they were recorded', async () => {
    const id = newId();
    const put = (days: number, type: string, data: object) =>
      api.record('candidate', id, id, daysAgo(days), { type, data });
    const first = await put(90, 'candidate.added', { ...profile('Grace Hopper', { title: 'Ensign' }).data });
    await put(30, 'candidate.profile-changed', { title: 'Rear Admiral' });
    const reply = { type: 'email.replied', data: { sentiment: 'interested' } };
    const replied = await api.record('engagement', id, id, daysAgo(20), reply);
    // Recorded last, and happened before all the rest but the first.
    await put(60, 'candidate.consent-given', {
      purpose: 'newsletter',
      channel: 'email',
      basis: 'consent',
      evidence: { kind: 'form' },
    });
    await api.fold();

    const at = async (query: string) => (await api.get(`/v1/candidates/${id}${query}`)).body;
    expect(await at('')).toMatchObject({ title: 'Rear Admiral', revision: 2 });
    expect(await at(`?asOf=${daysAgo(40).toISOString()}`)).toMatchObject({ title: 'Ensign', lastInteractionAt: null });
    expect(await at(`?asOf=${daysAgo(25).toISOString()}`)).toMatchObject({
      title: 'Rear Admiral',
      lastInteractionAt: null,
    });
    expect(await at(`?asOfPosition=${first}`)).toMatchObject({ title: 'Ensign', revision: 0 });
    expect(await at(`?asOfPosition=${replied}`)).toMatchObject({
      title: 'Rear Admiral',
      revision: 1,
      lastHumanContactAt: daysAgo(20).toISOString(),
    });
    expect((await api.get(`/v1/candidates/${id}?asOf=${daysAgo(100).toISOString()}`)).status).toBe(404);
    expect((await api.get(`/v1/candidates/${id}?asOf=yesterday`)).status).toBe(400);

    const types = (body: Answer['body']) => (body['items'] as { type: string }[]).map(({ type }) => type);
    expect(types(await at('/timeline?order=oldest'))).toEqual([
      'candidate.added',
      'candidate.consent-given',
      'candidate.profile-changed',
      'email.replied',
    ]);
    expect(types(await at(`/timeline?asOf=${daysAgo(50).toISOString()}`))).toEqual([
      'candidate.consent-given',
      'candidate.added',
    ]);
    expect(types(await at(`/timeline?asOfPosition=${first}`))).toEqual(['candidate.added']);
    expect(types(await at(`/timeline?asOfPosition=${replied}&limit=1`))).toEqual(['email.replied']);

    expect(await at(`/score?asOfPosition=${first}`)).toMatchObject({ score: '0.000000000' });
    expect((await at(`/score?asOfPosition=${replied}`))['terms']).toHaveLength(1);
    const mayWrite = async (query: string) =>
      (
        (await at(`/relationship?at=${daysAgo(10).toISOString()}${query}`))['permissions'] as { allowed: boolean }[]
      ).some(({ allowed }) => allowed);
    expect(await mayWrite('')).toBe(true);
    expect(await mayWrite(`&asOfPosition=${replied}`)).toBe(false);
  });

  it('waits for what had been recorded by a position before it says what was known then', async () => {
    const id = newId();
    await api.record('candidate', id, id, daysAgo(90), profile('Emmy Noether', {}));
    await api.fold();
    const opened = { type: 'email.opened', data: { messageId: 'm-8', agent: 'human' } };
    const position = await api.record('engagement', id, id, daysAgo(20), opened);
    const reads = ['', '/timeline', '/score', '/relationship', '/notes'].map((path) => `/v1/candidates/${id}${path}`);
    const statuses = (of: string) =>
      Promise.all(
        [...reads, '/v1/email-rates'].map(async (path) => (await api.get(`${path}?asOfPosition=${of}`)).status),
      );
    // The read models aren't there yet, and nobody folds.
    expect(await statuses(position)).toEqual([503, 503, 503, 503, 503, 503]);
    await api.fold();
    expect(await statuses(position)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await statuses('p1-9223372036854775807-0')).toEqual([400, 400, 400, 400, 400, 400]);
  });

  it('counts a verdict at all past times, and at no earlier position', async () => {
    const id = newId();
    await api.record('candidate', id, id, daysAgo(90), profile('Hedy Lamarr', {}));
    const click = { type: 'email.clicked', data: { messageId: 'm-9', agent: 'human' } };
    const clicked = await api.record('engagement', id, id, daysAgo(20), click);
    await api.fold();
    const known = async (query: string) => (await api.get(`/v1/candidates/${id}${query}`)).body;
    const [then, position] = [`asOf=${daysAgo(10).toISOString()}`, `asOfPosition=${clicked}`];
    expect(await known(`?${then}`)).toMatchObject({ lastHumanContactAt: daysAgo(20).toISOString() });

    const { body } = await api.get(`/v1/candidates/${id}/timeline?types=email.clicked`);
    const [{ eventId } = { eventId: '' }] = body['items'] as { eventId: string }[];
    const data = { eventId, verdict: 'machine', classifierVersion: 1, reasons: ['right-after-delivery'] };
    await api.record('engagement', id, id, daysAgo(1), { type: 'engagement.classified', data });
    await api.fold();
    expect(await known('')).toMatchObject({ lastHumanContactAt: null });
    expect(await known(`?${then}`)).toMatchObject({ lastHumanContactAt: null });
    expect(await known(`?${then}&${position}`)).toMatchObject({ lastHumanContactAt: daysAgo(20).toISOString() });
  });
});
