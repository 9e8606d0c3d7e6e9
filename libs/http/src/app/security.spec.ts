import { AccessModule, ACCESS_OPTIONS, Public, Roles, type AccessOptions } from '#libs/access';
import { createLogger, ObservabilityModule } from '#libs/observability';
import { Digests } from '#libs/privacy';
import { Database, DatabaseUnavailableError } from '#libs/read-store';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Global, Module, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyRequest } from 'fastify';
import { AUDIENCE, TokenIssuer } from '../../../../test/support/token-issuer.js';
import { configureApp, createAdapter, HttpModule, readHttpOptions } from '../index.js';

/** Nobody's keys: tokens need no database, and look-ups are counted. */
let lookUps = 0;
let databaseIsUp = true;
const database = {
  query: () => {
    lookUps += 1;
    return databaseIsUp ? Promise.resolve([]) : Promise.reject(new DatabaseUnavailableError(new Error('down')));
  },
};

@Controller('v1/desk')
class Desk {
  @Get()
  @Roles('analyst')
  read(@Req() request: FastifyRequest): object {
    return { caller: request.caller?.keyId };
  }

  @Get('address')
  @Public()
  address(@Req() request: FastifyRequest): object {
    return { ip: request.ip };
  }
}

@Global()
@Module({
  providers: [
    { provide: Database, useValue: database },
    { provide: Digests, useValue: new Digests({ masterKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 2) }) },
  ],
  exports: [Database, Digests],
})
class Fakes {}

@Module({
  imports: [
    Fakes,
    ObservabilityModule.forRoot(createLogger({ service: 'test', level: 'silent' })),
    AccessModule,
    HttpModule.forRoot({ readiness: { inject: [], checks: () => [] } }),
  ],
  controllers: [Desk],
})
class TestApp {}

const apps: NestFastifyApplication[] = [];
const start = async (access: Partial<AccessOptions>, env: Record<string, string> = {}): Promise<string> => {
  const unlimited = { services: undefined, people: undefined, failures: undefined };
  const module = await Test.createTestingModule({ imports: [TestApp] })
    .overrideProvider(ACCESS_OPTIONS)
    .useValue({ oidc: undefined, rates: unlimited, ...access })
    .compile();
  const options = readHttpOptions(env);
  const app = module.createNestApplication<NestFastifyApplication>(createAdapter(options));
  configureApp(app, { title: 'Test', description: 'A test' }, options);
  await app.listen(0, '127.0.0.1');
  apps.push(app);
  return app.getUrl();
};
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  databaseIsUp = true;
});

const bearer = (credential: string) => ({ headers: { authorization: `Bearer ${credential}` } });
const unknownKey = `rk_0123456789abcdef_${'a'.repeat(43)}`;

describe('who shows a token', () => {
  let issuer: TokenIssuer;
  let oidc: NonNullable<AccessOptions['oidc']>;
  beforeAll(async () => {
    issuer = await TokenIssuer.start();
    oidc = { issuer: issuer.url, audience: AUDIENCE, roleClaim: ['realm_access', 'roles'] };
  });
  afterAll(() => issuer.stop());

  it('is let in with one of the declared roles, and known by a digest', async () => {
    const base = await start({ oidc });
    const response = await fetch(`${base}/v1/desk`, bearer(await issuer.token()));
    expect(response.status).toBe(200);
    const { caller } = (await response.json()) as { caller: string };
    expect(caller).toMatch(/^oidc_[\w-]{32}$/);
    expect(caller).not.toContain('ada');
  });

  it.each([
    ['another role', { realm_access: { roles: ['auditor'] } }, 403, 'you have auditor'],
    ['no role', { realm_access: undefined }, 403, 'you have none'],
    ['an unknown role', { realm_access: { roles: ['root'] } }, 403, 'you have none'],
    ['a token that has expired', { exp: 1 }, 401, 'has expired'],
    ['a token for somebody else', { aud: 'x' }, 401, 'another audience'],
  ])('with %s is refused', async (_what, claims, status, detail) => {
    const response = await fetch(`${await start({ oidc })}/v1/desk`, bearer(await issuer.token(claims)));
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text).toContain(detail);
    expect(text).not.toMatch(/ada@example|root/);
    if (status === 401) expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('is asked to come back where the issuer does not answer', async () => {
    const base = await start({ oidc });
    issuer.failing = 'broken';
    const response = await fetch(`${base}/v1/desk`, bearer(await issuer.token()));
    issuer.failing = undefined;
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({ type: 'urn:rapport:problem:unavailable' });
  });

  it('is refused where no issuer is named', async () => {
    expect((await fetch(`${await start({})}/v1/desk`, bearer(await issuer.token()))).status).toBe(401);
  });

  it('gets 429 with Retry-After for calling too often', async () => {
    const people = { perSecond: 0.01, burst: 2 };
    const base = await start({ oidc, rates: { services: undefined, failures: undefined, people } });
    const token = await issuer.token();
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await fetch(`${base}/v1/desk`, bearer(token)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get('ratelimit')?.split(';')[1])).toEqual(['r=1', 'r=0', 'r=0']);
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(90);
    expect(await answers[2]?.json()).toMatchObject({ type: 'urn:rapport:problem:too-many-requests', status: 429 });
    const other = await issuer.token({ sub: 'bob' });
    expect((await fetch(`${base}/v1/desk`, bearer(other))).status).toBe(200);
  });
});

describe('who guesses keys', () => {
  it('is refused for a while, and loads the database no more', async () => {
    const failures = { perSecond: 0.01, burst: 3 };
    const base = await start({ rates: { services: undefined, people: undefined, failures } });
    lookUps = 0;
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push(await fetch(`${base}/v1/desk`, bearer(unknownKey)));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429, 429]);
    expect(answers[5]?.headers.get('retry-after')).not.toBeNull();
    expect(lookUps).toBe(3);
  });

  it('is not counted while the database is down', async () => {
    databaseIsUp = false;
    const base = await start({
      rates: { services: undefined, people: undefined, failures: { perSecond: 0.01, burst: 1 } },
    });
    for (let n = 0; n < 3; n += 1) expect((await fetch(`${base}/v1/desk`, bearer(unknownKey))).status).toBe(503);
  });
});

describe('every answer', () => {
  it.each(['/v1/desk', '/v1/desk/address', '/v1/nothing', '/v1/desk/%zz', '/docs/openapi.json', '/health/live'])(
    'of %s tells browsers to load, frame, guess and keep nothing',
    async (path) => {
      const { headers } = await fetch(`${await start({})}${path}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toContain('no-store');
      for (const name of ['server', 'x-powered-by', 'strict-transport-security', 'access-control-allow-origin']) {
        expect(headers.get(name)).toBeNull();
      }
    },
  );

  it('of the docs page lets it load its own files and no others', async () => {
    const { headers } = await fetch(`${await start({})}/docs`);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('tells to keep to TLS where the operator says so', async () => {
    const { headers } = await fetch(`${await start({}, { RAPPORT_HSTS_SECONDS: '31536000' })}/health/live`);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  });
});

describe('pages of other origins', () => {
  const preflight = (base: string, origin: string) =>
    fetch(`${base}/v1/desk`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });

  it('may not call unless they are named', async () => {
    const closed = await preflight(await start({}), 'https://console.example');
    expect(closed.status).toBe(405);
    expect(closed.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may call where they are', async () => {
    const base = await start({}, { RAPPORT_CORS_ORIGINS: 'https://console.example, https://other.example' });
    const open = await preflight(base, 'https://console.example');
    expect(open.status).toBe(204);
    expect(open.headers.get('access-control-allow-origin')).toBe('https://console.example');
    expect(open.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await preflight(base, 'https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    expect((await fetch(`${base}/v1/desk`, { method: 'DELETE' })).status).toBe(405);
    const refused = await fetch(`${base}/v1/desk`, { headers: { origin: 'https://console.example' } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://console.example');
  });
});

describe('the address of a client', () => {
  const addressOf = async (env: Record<string, string>): Promise<unknown> => {
    const response = await fetch(`${await start({}, env)}/v1/desk/address`, {
      headers: { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' },
    });
    return response.json();
  };

  it('is believed only from proxies that are trusted', async () => {
    expect(await addressOf({})).toEqual({ ip: '127.0.0.1' });
    expect(await addressOf({ RAPPORT_TRUST_PROXY: '1' })).toEqual({ ip: '198.51.100.7' });
    expect(await addressOf({ RAPPORT_TRUST_PROXY: '127.0.0.0/8' })).toEqual({ ip: '198.51.100.7' });
    expect(await addressOf({ RAPPORT_TRUST_PROXY: '192.0.2.1' })).toEqual({ ip: '127.0.0.1' });
  });

  it.each([
    { RAPPORT_TRUST_PROXY: 'yes' },
    { RAPPORT_TRUST_PROXY: '10.0.0.0/40' },
    { RAPPORT_CORS_ORIGINS: '*' },
    { RAPPORT_CORS_ORIGINS: 'https://a.example/path' },
    { RAPPORT_HSTS_SECONDS: 'long' },
  ])('and its like are refused with a message where they are %j', (env) => {
    expect(() => readHttpOptions(env)).toThrow(Object.keys(env)[0] ?? '');
  });
});
