import { roles, routesWithoutRoles, type Role } from '#libs/access';
import { decodePosition, encodePosition, newId } from '#libs/kernel';
import { setCheckpointState } from '#libs/projecting';
import { identity } from '#projections/identity';
import { relationship } from '#projections/relationship';
import { talentSearch } from '#projections/talent-search';
import { timeline } from '#projections/timeline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;
const ID = newId();
const far = encodePosition({ commit: 2n ** 62n, prepare: 2n ** 62n });
/** The places that an answer complains about, each once. */
const pointersOf = ({ body }: Answer): string[] => [
  ...new Set(((body['errors'] ?? []) as { pointer: string }[]).map(({ pointer }) => pointer)),
];
const base64 = (text: string) => Buffer.from(text).toString('base64url');

interface ApiDocument {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly parameters?: readonly {
              readonly name: string;
              readonly in: string;
              readonly required?: boolean;
            }[];
          }
        >
      >
    >
  >;
}

/** What routes ask for beside the position, so that they come to look at it. */
const needed: Readonly<Record<string, string>> = {
  since: '2026-01-01',
  finding: 'address-bounced',
  models: '1',
  other: '1',
  model: 'any.1',
};
const csv = { format: 'csv', purpose: 'a spec' };
const bodies: Readonly<Record<string, object>> = {
  '/v1/candidates/export': csv,
  '/v1/saved-searches/{id}/export': csv,
  '/v1/pools/{id}/members/export': csv,
  '/v1/past-states': { asOf: '2026-01-01' },
  '/v1/segment-histories': { poolId: ID },
};

/** Every route, and who may call it. */
const routes: readonly [method: 'GET' | 'POST', path: string, may: readonly Role[]][] = [
  ['POST', '/v1/candidates/search', ['service', 'analyst', 'admin']],
  ['GET', `/v1/candidates/${ID}`, ['service', 'analyst', 'auditor', 'admin']],
  ['GET', `/v1/candidates/${ID}/timeline`, ['service', 'analyst', 'auditor', 'admin']],
  ['GET', `/v1/candidates/${ID}/score`, ['service', 'analyst', 'admin']],
  ['GET', '/v1/engagement/hottest', ['service', 'analyst', 'admin']],
  ['GET', '/v1/funnel', ['service', 'analyst', 'admin']],
  ['GET', '/v1/email-rates', ['service', 'analyst', 'admin']],
  ['GET', '/v1/projections', ['service', 'analyst', 'auditor', 'admin']],
  ['GET', `/v1/audit/candidates/${ID}/history`, ['auditor']],
];
const matrix = routes.flatMap(([method, path, may]) =>
  roles.map((role) => [role, method, path, may.includes(role)] as const),
);

describe('what the query API refuses', () => {
  let api: ServedQueryApi;
  let token: string;

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    token = await api.record('candidate', ID, ID, daysAgo(5), {
      type: 'candidate.added',
      data: {
        name: { full: 'Ada Lovelace' },
        contactPoints: [{ kind: 'email', value: 'ada@example.com' }],
        skills: [],
        interests: [],
        tags: [],
        freeTags: [],
        externalIds: [],
      },
    });
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  const bodyOf = (method: string) => (method === 'POST' ? { body: {} } : {});

  it('has no route that does not say who may call it', () => {
    expect(routesWithoutRoles(api.app)).toEqual([]);
  });

  it.each(matrix)('answers %s at %s %s: allowed is %s', async (role, method, path, allowed) => {
    const answer = await api.send(method, path, { role, ...bodyOf(method) });
    expect(answer.status).toBe(allowed ? 200 : 403);
    if (!allowed) expect(answer.body).toMatchObject({ type: 'urn:rapport:problem:forbidden' });
  });

  it.each(routes)('answers 401 to %s %s without a key', async (method, path) => {
    const answer = await api.send(method, path, { role: undefined, ...bodyOf(method) });
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain('Ada');
  });

  it.each([
    ['a page size of none', '/v1/engagement/hottest?limit=0', '/limit'],
    ['too large a page', '/v1/engagement/hottest?limit=201', '/limit'],
    ['a page size that is no number', '/v1/engagement/hottest?limit=ten', '/limit'],
    ['a page size given twice', '/v1/engagement/hottest?limit=1&limit=2', '/limit'],
    ['a type with a NUL', `/v1/candidates/${ID}/timeline?types=a%00b`, '/types'],
    ['a day that no calendar has', '/v1/engagement/hottest?at=2026-02-30', '/at'],
    ['a time without offset', `/v1/candidates/${ID}/score?at=2026-02-03T10:00:00`, '/at'],
    ['a boolean that is none', '/v1/engagement/hottest?includeUnsubscribed=yes', '/includeUnsubscribed'],
    ['an unknown parameter', `/v1/candidates/${ID}?email=ada@example.com`, '/email'],
    ['an unknown parameter of the status', '/v1/projections?verbose=true', '/verbose'],
    ['an id that is none', '/v1/candidates/17', '/id'],
    ['a bad position token', `/v1/candidates/${ID}?after=17`, '/after'],
    ['a token beyond all logs', `/v1/candidates/${ID}?after=p1-99999999999999999999-1`, '/after'],
    ['two tokens', `/v1/candidates/${ID}?after=p1-1-1&after=p1-2-2`, '/after'],
    ['an unknown order', `/v1/candidates/${ID}/timeline?order=random`, '/order'],
    ['an unknown dimension', '/v1/funnel?by=source,mood', '/by'],
    ['a dimension twice', '/v1/funnel?by=source,source', '/by'],
    ['an end before the start', '/v1/funnel?from=2026-02-01&to=2026-01-01', '/to'],
    ['a time span of no days', '/v1/funnel?within=0', '/within'],
    ['rates by what there is not', '/v1/email-rates?by=campaign,weather', '/by'],
    ['rates of a time that ends first', '/v1/email-rates?from=2026-02-02&to=2026-02-01', '/to'],
    ['rates of more than a year', '/v1/email-rates?from=2024-01-01&to=2025-01-02', '/from'],
    ['rates as of no time', '/v1/email-rates?asOf=yesterday', '/asOf'],
    ['rates as of no position', '/v1/email-rates?asOfPosition=4711', '/asOfPosition'],
    ['rates of no groups', '/v1/email-rates?by=month&limit=0', '/limit'],
  ])('answers 400 to %s, and says where', async (_what, path, pointer) => {
    const answer = await api.get(path);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ type: 'urn:rapport:problem:invalid-request' });
    expect(pointersOf(answer)).toEqual([pointer]);
    expect(answer.text).not.toMatch(/ada@example|\bat .*:\d+:\d+/);
  });

  it.each([
    ['malformed JSON', '{"text":', 'malformed-json', undefined],
    ['an array', [], 'invalid-request', ''],
    ['an unknown field', { email: 'ada@example.com' }, 'invalid-request', '/email'],
    ['an unknown field inside', { location: { planet: 'Mars' } }, 'invalid-request', '/location/planet'],
    ['a wrong type', { text: 5 }, 'invalid-request', '/text'],
    ['a text of blanks', { text: '   ' }, 'invalid-request', '/text'],
    ['a text with a NUL', { text: 'a\0' }, 'invalid-request', '/text'],
    ['too long a text', { text: 'a'.repeat(201) }, 'invalid-request', '/text'],
    ['a skill without a name', { skills: { all: [{}] } }, 'invalid-request', '/skills/all/0/name'],
    [
      'negative years',
      { skills: { any: [{ name: 'SQL', minYears: -1 }] } },
      'invalid-request',
      '/skills/any/0/minYears',
    ],
    ['an impossible date', { interest: { expressedFrom: '2025-13-01' } }, 'invalid-request', '/interest/expressedFrom'],
    [
      'months in the wrong order',
      { interest: { expressedMonthsAgo: { from: 6, to: 12 } } },
      'invalid-request',
      '/interest/expressedMonthsAgo/from',
    ],
    [
      'months and times',
      { interest: { expressedFrom: '2025-01-01', expressedMonthsAgo: { from: 12, to: 6 } } },
      'invalid-request',
      '/interest/expressedMonthsAgo',
    ],
    [
      'never and a time',
      { lastHumanContact: { never: true, before: '2026-01-01' } },
      'invalid-request',
      '/lastHumanContact/never',
    ],
    ['an empty range', { experienceYears: { min: 8, max: 5 } }, 'invalid-request', '/experienceYears/max'],
    ['relevance without a text', { sort: { by: 'relevance' } }, 'invalid-request', '/sort/by'],
    ['too large a page', { limit: 201 }, 'invalid-request', '/limit'],
    ['a fraction of a page', { limit: 1.5 }, 'invalid-request', '/limit'],
  ])('answers 400 to a search with %s', async (_what, body, code, pointer) => {
    const answer = await api.search(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ type: `urn:rapport:problem:${code}` });
    expect(pointersOf(answer)).toEqual(pointer === undefined ? [] : [pointer]);
    expect(answer.text).not.toMatch(/ada@example|Mars|\bat .*:\d+:\d+/);
  });

  it.each([
    'x',
    base64('null'),
    base64('{}'),
    base64('[1,"digest","a","b",0]'),
    base64('-999999999999999-1'),
    base64('0-9999999999999999999'),
    base64(JSON.stringify({ v: 1, at: '2026-01-01T00:00:00Z', all: false, heat: '1', id: '-'.repeat(36) })),
    base64(JSON.stringify({ v: 1, at: '-200000-01-01T00:00:00Z', all: false, heat: '1', id: ID })),
  ])('answers 400 bad-cursor to the made-up cursor %s', async (cursor) => {
    const answers = [
      await api.search({ cursor }),
      await api.get(`/v1/candidates/${ID}/timeline?cursor=${cursor}`),
      await api.get(`/v1/engagement/hottest?cursor=${cursor}`),
    ];
    for (const answer of answers) {
      expect(answer.body).toMatchObject({ type: 'urn:rapport:problem:bad-cursor', errors: [{ pointer: '/cursor' }] });
    }
  });

  it.each(['', '/timeline', '/score'])('answers 404 to an unknown candidate at /v1/candidates/:id%s', async (rest) => {
    const answer = await api.get(`/v1/candidates/${newId()}${rest}`);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ type: 'urn:rapport:problem:candidate-unknown' });
  });

  it('answers what a command wrote to those who name its position', async () => {
    for (const [method, path] of routes) {
      const role = path.includes('audit') ? 'auditor' : 'analyst';
      const answer = await api.send(method, `${path}?after=${token}`, { role, ...bodyOf(method) });
      expect(answer.status).toBe(200);
    }
  });

  it.each(routes)('answers 503, never stale rows, while %s %s is behind', async (method, path) => {
    const role = path.includes('audit') ? 'auditor' : 'analyst';
    const answer = await api.send(method, `${path}?after=${far}`, { role, ...bodyOf(method) });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.body).toMatchObject({ type: 'urn:rapport:problem:read-model-behind' });
    expect(answer.text).not.toContain('Ada');
  });

  it('answers 503 at every route that takes after, while what it reads is behind', async () => {
    const { paths } = (await api.get('/docs/openapi.json', { role: undefined })).body as unknown as ApiDocument;
    const asked = Object.entries(paths).flatMap(([template, methods]) =>
      Object.entries(methods).flatMap(([method, { parameters = [] }]) =>
        parameters.some(({ name }) => name === 'after') ? [{ template, method: method.toUpperCase(), parameters }] : [],
      ),
    );
    expect(asked.length).toBeGreaterThan(30);
    for (const { template, method, parameters } of asked) {
      const query = parameters
        .filter((one) => one.in === 'query' && one.required === true)
        .map(({ name }) => `${name}=${needed[name] ?? ''}`);
      const path = `${template.replace(/\{\w+\}/g, () => ID)}?${[`after=${far}`, ...query].join('&')}`;
      const role = path.includes('audit') ? 'auditor' : 'analyst';
      const answer = await api.send(method, path, {
        role,
        ...(method === 'POST' ? { body: bodies[template] ?? {} } : {}),
      });
      expect({ method, template, status: answer.status, body: answer.body }).toMatchObject({
        method,
        template,
        status: 503,
        body: { type: 'urn:rapport:problem:read-model-behind' },
      });
    }
  });

  it('answers as soon as the read model arrives', async () => {
    const next = await api.record('candidate', ID, ID, daysAgo(1), {
      type: 'candidate.profile-changed',
      data: { title: 'Countess' },
    });
    expect(decodePosition(next)).toBeDefined();
    const waiting = api.get(`/v1/candidates/${ID}?after=${next}`);
    await api.fold();
    const answer = await waiting;
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ title: 'Countess', revision: 1 });
    expect(answer.headers.get('etag')).toBe('"1"');
  });

  it('answers 503 at once where a projection is paused before the position', async () => {
    const next = await api.record('engagement', ID, ID, daysAgo(1), { type: 'note.added', data: { text: 'x' } });
    await api.fold(talentSearch, relationship, identity);
    const id = { projection: timeline.name, version: timeline.version, build: 1 };
    await setCheckpointState(api.scratch.database, id, 'paused', 'operator');
    const answer = await api.get(`/v1/candidates/${ID}/timeline?after=${next}`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('30');
    expect((await api.get(`/v1/candidates/${ID}?after=${next}`)).status).toBe(200);
    await setCheckpointState(api.scratch.database, id, 'running');
  });

  it('logs no personal data and no address', () => {
    expect(api.logged.join('\n')).not.toMatch(/Ada|ada@example|Mars/);
    expect(api.logged.join('\n')).not.toContain(ID);
  });
});

describe('the query API before a projector has run', () => {
  let api: ServedQueryApi;
  beforeAll(async () => {
    api = await ServedQueryApi.start();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  /** Answers and when to come back, of health and of queries. */
  const answers = async (): Promise<unknown[]> => {
    const health = [];
    for (const path of ['ready', 'live']) health.push((await api.get(`/health/${path}`, { role: undefined })).status);
    const queries = [];
    for (const path of ['/v1/pools', `/v1/candidates/${ID}`, '/v1/engagement/hottest']) {
      const { status, headers } = await api.get(path);
      queries.push([status, headers.get('retry-after')]);
    }
    return [...health, ...queries];
  };
  const later = [503, '5'];

  it('is not ready, and says to come back', async () => {
    expect(await answers()).toEqual([503, 200, later, later, later]);
  });

  it('is not ready either after a restore that left the read models out', async () => {
    await api.makeReadModels();
    expect((await api.get('/health/ready', { role: undefined })).status).toBe(200);
    await api.scratch.database.query('DROP SCHEMA read CASCADE');
    expect(await answers()).toEqual([503, 200, later, later, later]);
  });
});
