import { AccessModule, ApiKeys, formatApiKey, hashSecret, newApiKey, Roles, routesWithoutRoles } from '#libs/access';
import type { Role } from '#libs/access';
import { EventStoreUnavailableError } from '#libs/event-store';
import { refusal } from '#libs/kernel';
import { createLogger, ObservabilityModule } from '#libs/observability';
import { Database } from '#libs/read-store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Global, Module, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min, ValidateNested } from 'class-validator';
import {
  configureApp,
  createAdapter,
  HttpModule,
  IdempotencyKey,
  IfMatch,
  Optional,
  problem,
  Text,
  UuidParam,
} from '../index.js';

class Part {
  @ApiProperty()
  @IsInt()
  @Min(0)
  years!: number;
}

class Thing {
  @ApiProperty()
  @Text(10)
  title!: string;

  @ApiProperty({ type: [Part] })
  @Optional()
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: Part[];
}

class Page {
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Max(100)
  limit?: number;
}

@Roles('service')
@Controller('v1/things')
class Things {
  @Post()
  add(@Body() thing: Thing, @IfMatch() revision?: number, @IdempotencyKey() key?: string): object {
    return { thing, revision, key };
  }

  @Get()
  list(@Query() page: Page): Page {
    return page;
  }

  @Get('refused')
  refused(): void {
    throw problem(refusal('conflict', 'thing-taken', 'Somebody has it.', '/title'));
  }

  @Get('unavailable')
  unavailable(): void {
    throw new EventStoreUnavailableError();
  }

  @Get('broken')
  broken(): void {
    throw new Error('secret of the house');
  }

  @Get(':id')
  one(@UuidParam() id: string): object {
    return { id };
  }
}

@Controller('v1/forgotten')
class Forgotten {
  @Get()
  read(): string {
    return 'nobody may';
  }
}

const keys = new Map<string, { role: Role; hash: Buffer }>();
const keyOf = (role: Role): string => {
  const key = newApiKey();
  keys.set(key.id, { role, hash: hashSecret(key.secret) });
  return formatApiKey(key);
};
const database = {
  query: (_sql: string, [id]: readonly string[]) =>
    Promise.resolve([keys.get(id ?? '')].filter((row) => row !== undefined)),
};

@Global()
@Module({ providers: [{ provide: Database, useValue: database }], exports: [Database] })
class FakeDatabaseModule {}

let lines: string[] = [];
let healthy = true;
const logger = createLogger({
  service: 'test',
  level: 'debug',
  destination: { write: (line: string) => void lines.push(line) },
});

@Module({
  imports: [
    FakeDatabaseModule,
    ObservabilityModule.forRoot(logger),
    AccessModule,
    HttpModule.forRoot({
      readiness: {
        inject: [],
        checks: () => [{ name: 'store', check: () => (healthy ? Promise.resolve() : Promise.reject(new Error('no'))) }],
      },
    }),
  ],
  controllers: [Things, Forgotten],
})
class TestApp {}

describe('what our HTTP apps share', () => {
  let app: NestFastifyApplication;
  let base: string;
  const service = `Bearer ${keyOf('service')}`;
  const analyst = `Bearer ${keyOf('analyst')}`;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [TestApp] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(createAdapter());
    configureApp(app, { title: 'Test', description: 'A test' });
    await app.listen(0, '127.0.0.1');
    base = await app.getUrl();
  });
  afterAll(() => app.close());
  beforeEach(() => {
    lines = [];
    healthy = true;
  });

  /** As the service, unless the headers say otherwise; an empty header is left out. */
  const send = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
    const all = { authorization: service, ...(body ? { 'content-type': 'application/json' } : {}), ...headers };
    const response = await fetch(`${base}${path}`, {
      method,
      headers: Object.entries(all).filter(([, value]) => value !== ''),
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text,
      json: (): unknown => JSON.parse(text),
    };
  };
  const anonymously = (path: string) => send('GET', path, undefined, { authorization: '' });

  it.each([
    ['malformed JSON', '{"title":', {}, 400, 'malformed-json'],
    ['an empty body', '', { 'content-type': 'application/json' }, 400, 'malformed-json'],
    ['a forbidden prototype', '{"title":"a","__proto__":{"x":1}}', {}, 400, 'malformed-json'],
    ['an array', '[]', {}, 400, 'invalid-request'],
    ['no object', '"John"', {}, 400, 'invalid-request'],
    ['an unknown field', '{"title":"a","nick":"John"}', {}, 400, 'invalid-request'],
    ['a wrong type', '{"title":5}', {}, 400, 'invalid-request'],
    ['a NUL', '{"title":"a\\u0000"}', {}, 400, 'invalid-request'],
    ['a lone surrogate', '{"title":"\\ud800"}', {}, 400, 'invalid-request'],
    ['null for an optional field', '{"title":"a","parts":null}', {}, 400, 'invalid-request'],
    ['too large a body', `{"title":"${'x'.repeat(1_100_000)}"}`, {}, 413, 'body-too-large'],
    ['another content type', 'title=John', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['a bad If-Match', '{"title":"a"}', { 'if-match': 'W/"3"' }, 400, 'bad-if-match'],
    ['a bad key', '{"title":"a"}', { 'idempotency-key': 'a b' }, 400, 'bad-idempotency-key'],
    ['no API key', '{"title":"a"}', { authorization: '' }, 401, 'unauthenticated'],
    [
      'a made-up API key',
      '{"title":"a"}',
      { authorization: `Bearer ${formatApiKey(newApiKey())}` },
      401,
      'unauthenticated',
    ],
    ['a wrong role', '{"title":"a"}', { authorization: analyst }, 403, 'forbidden'],
  ])('answers %s with a problem', async (_name, body, headers, status, code) => {
    const response = await send('POST', '/v1/things', body, headers);
    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toMatchObject({ type: `urn:rapport:problem:${code}`, status });
    expect(response.text).not.toMatch(/John|\bat .*:\d+:\d+|node_modules/);
    expect(lines.join()).not.toMatch(/John/);
  });

  it('points to each field that is wrong', async () => {
    const response = await send('POST', '/v1/things', '{"title":"a","parts":[{"years":1},{"years":-1,"x/y":2}]}');
    expect(response.json()).toMatchObject({
      errors: [
        { pointer: '/parts/1/x~1y', detail: 'This field is not known.' },
        { pointer: '/parts/1/years', detail: 'years must not be less than 0' },
      ],
    });
  });

  it('hands validated input, If-Match and Idempotency-Key to the route', async () => {
    const headers = { 'if-match': '"7"', 'idempotency-key': 'k-1' };
    const response = await send('POST', '/v1/things', '{"title":"a"}', headers);
    expect(response.status).toBe(201);
    expect(response.json()).toEqual({ thing: { title: 'a' }, revision: 7, key: 'k-1' });
  });

  it('checks queries and path parameters', async () => {
    expect((await send('GET', '/v1/things?limit=20')).json()).toEqual({ limit: 20 });
    expect((await send('GET', '/v1/things?limit=200')).json()).toMatchObject({ errors: [{ pointer: '/limit' }] });
    expect((await send('GET', '/v1/things?name=John')).json()).toMatchObject({ errors: [{ pointer: '/name' }] });
    expect((await send('GET', '/v1/things/17')).json()).toMatchObject({ status: 400, errors: [{ pointer: '/id' }] });
  });

  it.each([
    ['/v1/things/refused', 409, 'thing-taken'],
    ['/v1/things/unavailable', 503, 'unavailable'],
    ['/v1/things/broken', 500, 'internal-error'],
    ['/v1/nothing?email=John', 404, 'not-found'],
    ['/v1/things/%zz', 400, 'malformed-request'],
    [`/v1/things/${'a'.repeat(500)}`, 414, 'address-too-long'],
    ['/v1/forgotten', 403, 'forbidden'],
  ])('answers GET %s with %d', async (url, status, code) => {
    const response = await send('GET', url);
    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toMatchObject({ type: `urn:rapport:problem:${code}`, status });
    expect(response.text).not.toMatch(/John|secret of the house|stack/);
  });

  it('names the methods that an address knows', async () => {
    const response = await send('DELETE', '/v1/things');
    expect(response.status).toBe(405);
    expect(response.headers['allow']).toBe('GET, HEAD, POST');
    expect(response.json()).toMatchObject({ type: 'urn:rapport:problem:method-not-allowed' });
    expect((await send('PUT', '/v1/things/17')).headers['allow']).toBe('GET, HEAD');
    expect((await send('DELETE', '/v1/things/17/parts')).status).toBe(404);
  });

  it('says when to come back, and how to authenticate', async () => {
    expect((await send('GET', '/v1/things/unavailable')).headers['retry-after']).toBe('2');
    const anonymous = await anonymously('/v1/things');
    expect(anonymous.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('logs the route template and the correlation id, never the address', async () => {
    const response = await send('GET', '/v1/things/9b2f7f0a-0000-4000-8000-000000000000?q=John', undefined, {
      'x-correlation-id': 'trace-1',
    });
    expect(response.headers['x-correlation-id']).toBe('trace-1');
    const line = lines.map((text) => JSON.parse(text) as Record<string, unknown>).find((l) => l['route']);
    expect(line).toMatchObject({ method: 'GET', route: '/v1/things/:id', status: 200, correlationId: 'trace-1' });
    expect(lines.join()).not.toMatch(/9b2f7f0a|John/);
  });

  it('puts the correlation id into the problem and into the log of a bug', async () => {
    const response = await send('GET', '/v1/things/broken', undefined, { 'x-correlation-id': 'trace-2' });
    expect(response.json()).toMatchObject({ instance: 'urn:rapport:request:trace-2' });
    expect(lines.some((line) => line.includes('trace-2') && line.includes('unexpected error'))).toBe(true);
  });

  it('replaces a correlation id that could hold personal data', async () => {
    const response = await send('GET', '/v1/things', undefined, { 'x-correlation-id': 'john@example.com' });
    expect(response.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells whether it lives and whether it is ready, without a key', async () => {
    expect((await anonymously('/health/live')).json()).toEqual({ status: 'live' });
    expect((await anonymously('/health/ready')).json()).toEqual({ status: 'ready', checks: { store: 'ok' } });
    healthy = false;
    const response = await anonymously('/health/ready');
    expect(response.status).toBe(503);
    expect(response.json()).toMatchObject({ type: 'urn:rapport:problem:not-ready' });
  });

  it('serves its OpenAPI document and a page that shows it', async () => {
    const document = await anonymously('/docs/openapi.json');
    expect(document.json()).toMatchObject({ info: { title: 'Test' }, paths: { '/v1/things': {} } });
    const page = await anonymously('/docs');
    expect(page.status).toBe(200);
    expect(page.text).toContain('swagger-ui');
  });

  it('finds the route that declares no role', () => {
    expect(routesWithoutRoles(app)).toEqual(['Forgotten.read']);
    expect(app.get(ApiKeys, { strict: false })).toBeInstanceOf(ApiKeys);
  });
});
