import { AccessModule, formatApiKey, hashSecret, newApiKey, routesWithoutRoles, type Role } from '#libs/access';
import { DeclaredCustomFields } from '#libs/candidates';
import type { CommandOutcome } from '#libs/event-store';
import { configureApp, createAdapter, HttpModule } from '#libs/http';
import { err, ok, refusal, type Refusal, type Result } from '#libs/kernel';
import { KnownPeople } from '#libs/identity';
import { createLogger, ObservabilityModule } from '#libs/observability';
import { Digests } from '#libs/privacy';
import { Database } from '#libs/read-store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { httpCall } from '../../../test/support/http-call.js';
import { acceptNdjson } from './bulk/ndjson.js';
import { CommandRoutesModule } from './command-routes.module.js';
import { commandApiDescription } from './create-command-api.js';

const CANDIDATE = '0c9d4a52-6a0b-4f3e-9d51-52a1c0a7b6e4';
const OTHER = '0c9d4a52-6a0b-4f3e-9d51-52a1c0a7b6e5';
const POOL = '1d9d4a52-6a0b-4f3e-9d51-52a1c0a7b6e4';
const keys = new Map<string, { role: Role; hash: Buffer }>();
const keyOf = (role: Role): string => {
  const key = newApiKey();
  keys.set(key.id, { role, hash: hashSecret(key.secret) });
  return `Bearer ${formatApiKey(key)}`;
};

interface AnyCommand {
  readonly constructor: { readonly name: string };
  readonly meta: { readonly occurredAt: Date; readonly commandKey?: { readonly key: string; readonly body: string } };
}

/** Stands for the handlers: keeps the commands, and gives the answer it's told to. */
class FakeBus {
  commands: AnyCommand[] = [];
  answer: Result<CommandOutcome & { candidateId: string }, Refusal> = ok({
    revision: 3,
    position: { commit: 7n, prepare: 7n },
    appended: 1,
    duplicate: false,
    candidateId: CANDIDATE,
  });

  execute(command: AnyCommand): Promise<unknown> {
    this.commands.push(command);
    return Promise.resolve(this.answer);
  }
}

const bus = new FakeBus();
const fakeDatabase = {
  query: (_sql: string, [id]: readonly string[]) =>
    Promise.resolve([keys.get(id ?? '')].filter((row) => row !== undefined)),
};
const secrets = { masterKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 2) };

@Global()
@Module({
  providers: [
    { provide: Database, useValue: fakeDatabase },
    { provide: CommandBus, useValue: bus },
    {
      provide: KnownPeople,
      useValue: { refuseMerged: () => Promise.resolve(), idsOf: (id: string) => Promise.resolve([id]) },
    },
    { provide: Digests, useValue: new Digests(secrets) },
    { provide: DeclaredCustomFields, useValue: { all: () => Promise.resolve(new Map()) } },
  ],
  exports: [Database, CommandBus, KnownPeople, Digests, DeclaredCustomFields],
})
class Fakes {}

describe('the routes of the command API', () => {
  const service = keyOf('service');
  let app: NestFastifyApplication;
  let base: string;

  beforeAll(async () => {
    const logger = createLogger({ service: 'test', level: 'silent' });
    const module = await Test.createTestingModule({
      imports: [
        Fakes,
        ObservabilityModule.forRoot(logger),
        AccessModule,
        HttpModule.forRoot({ readiness: { inject: [], checks: () => [] } }),
        CommandRoutesModule,
      ],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(createAdapter());
    configureApp(app, commandApiDescription);
    acceptNdjson(app);
    await app.listen(0, '127.0.0.1');
    base = await app.getUrl();
  });
  afterAll(() => app.close());
  const accepting = bus.answer;
  beforeEach(() => {
    bus.commands = [];
    bus.answer = accepting;
  });

  const send = async (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await httpCall(base, method, path, {
      headers: { authorization: service, 'content-type': 'application/json', ...headers },
      body,
    });
    return { ...answer, json: (): unknown => JSON.parse(answer.text) };
  };
  const lastCommand = (): AnyCommand => {
    const last = bus.commands.at(-1);
    if (!last) throw new Error('No command was executed.');
    return last;
  };

  it.each([
    ['POST', '/v1/candidates', { name: { full: 'Ada' } }, 201, 'AddCandidateCommand'],
    ['PATCH', `/v1/candidates/${CANDIDATE}`, { title: null }, 200, 'UpdateCandidateCommand'],
    ['POST', `/v1/candidates/${CANDIDATE}/tags`, { add: ['a'] }, 200, 'TagCandidateCommand'],
    ['PUT', `/v1/candidates/${CANDIDATE}/owner`, { owner: null }, 200, 'AssignOwnerCommand'],
    ['POST', `/v1/candidates/${CANDIDATE}/merges`, { otherId: OTHER, reason: 'review' }, 201, 'MergeCandidatesCommand'],
    ['DELETE', `/v1/merges/${OTHER}`, {}, 200, 'UndoMergeCommand'],
    ['POST', `/v1/candidates/${CANDIDATE}/not-duplicates`, { otherId: OTHER, bits: 2.5 }, 200, 'TellApartCommand'],
    [
      'POST',
      `/v1/candidates/${CANDIDATE}/interactions`,
      { type: 'note.added', data: { text: 'n' } },
      201,
      'RecordInteractionCommand',
    ],
    [
      'POST',
      '/v1/interactions',
      { type: 'email.delivered', data: {}, recipient: { kind: 'email', value: 'a@b.c' } },
      201,
      'RecordInteractionCommand',
    ],
    [
      'POST',
      '/v1/applications',
      { candidateId: CANDIDATE, role: 'Engineer', source: { kind: 'job-board', name: 'Board' } },
      201,
      'SubmitApplicationCommand',
    ],
    ['POST', `/v1/applications/${CANDIDATE}/stages`, { stage: 'hired' }, 201, 'MoveApplicationCommand'],
    ['POST', '/v1/pools', { name: 'Austin', kind: 'static' }, 201, 'OpenPoolCommand'],
    ['PATCH', `/v1/pools/${POOL}`, { owner: null }, 200, 'ChangePoolCommand'],
    ['POST', `/v1/pools/${POOL}/closure`, {}, 200, 'ClosePoolCommand'],
    ['POST', `/v1/pools/${POOL}/members`, { candidateId: CANDIDATE }, 201, 'AddMemberCommand'],
    ['PUT', `/v1/pools/${POOL}/members/${CANDIDATE}/stage`, { stage: 'new' }, 200, 'MoveMemberCommand'],
  ])('%s %s is one command', async (method, path, body, status, command) => {
    const response = await send(method, path, body);
    expect(response.status).toBe(status);
    expect(response.json()).toMatchObject({ revision: 3, position: 'p1-7-7' });
    expect(bus.commands.map(({ constructor }) => constructor.name)).toEqual([command]);
  });

  it('gives a new candidate an id, an address and an entity tag', async () => {
    const response = await send('POST', '/v1/candidates', { externalIds: [{ system: 'ats', id: '7' }] });
    const { id } = response.json() as { id: string };
    expect(response.headers.get('location')).toBe(`/v1/candidates/${id}`);
    expect(response.headers.get('etag')).toBe('"3"');
    expect(lastCommand()).toMatchObject({ candidateId: id, candidate: { externalIds: [{ id: '7' }], skills: [] } });
  });

  it('leaves out of a patch what the request leaves out, and keeps null', async () => {
    await send(
      'PATCH',
      `/v1/candidates/${CANDIDATE}`,
      { title: null, location: { city: 'Austin' } },
      { 'if-match': '"2"' },
    );
    expect(lastCommand()).toMatchObject({ meta: { ifMatch: 2 } });
    expect((lastCommand() as unknown as { patch: unknown }).patch).toStrictEqual({
      title: null,
      location: { city: 'Austin' },
    });
  });

  it('turns the provider`s hint into one for the event, and its id into a fact', async () => {
    await send('POST', '/v1/interactions', {
      type: 'email.opened',
      data: { messageId: 'm', machine: true },
      occurredAt: '2026-03-01T10:00:00+01:00',
      provider: 'sendgrid',
      providerEventId: 'e-1',
      candidateId: CANDIDATE.toUpperCase(),
    });
    expect(lastCommand()).toMatchObject({
      report: {
        candidateId: CANDIDATE,
        interaction: { type: 'email.opened', data: { messageId: 'm' }, machineHint: true },
        fact: { provider: 'sendgrid', eventId: 'e-1' },
      },
      meta: { occurredAt: new Date('2026-03-01T09:00:00Z'), timePrecision: 'instant', context: { source: 'api' } },
    });
  });

  it('knows that a date is only a day', async () => {
    await send('POST', `/v1/applications/${CANDIDATE}/stages`, { stage: 'hired', occurredAt: '2026-03-01' });
    expect(lastCommand()).toMatchObject({
      meta: { timePrecision: 'day', occurredAt: new Date('2026-03-01T00:00:00Z') },
    });
  });

  it('knows the same request again by its Idempotency-Key, whatever the order of its fields', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    await send('POST', '/v1/candidates', { title: 'T', name: { full: 'Ada' } }, headers);
    await send('POST', '/v1/candidates', '{"name":{"full":"Ada"},"title":"T"}', headers);
    await send('POST', '/v1/candidates', { name: { full: 'Eve' } }, headers);
    await send('POST', '/v1/candidates', { name: { full: 'Ada' } }, { 'idempotency-key': 'k-2' });
    const [first, again, otherBody, otherKey] = bus.commands.map((command) => ({
      ...command.meta.commandKey,
      id: (command as unknown as { candidateId: string }).candidateId,
    }));
    expect(again).toEqual(first);
    expect(otherBody).toMatchObject({ id: first?.id, key: first?.key });
    expect(otherBody?.body).not.toBe(first?.body);
    expect(otherKey?.key).not.toBe(first?.key);
    expect(otherKey?.id).not.toBe(first?.id);
    expect(JSON.stringify(first)).not.toMatch(/Ada|k-1/);
  });

  it('keeps the keys of two callers apart', async () => {
    const body = { name: { full: 'Ada' } };
    await send('POST', '/v1/candidates', body, { 'idempotency-key': 'k' });
    await send('POST', '/v1/candidates', body, { 'idempotency-key': 'k', authorization: keyOf('admin') });
    expect(bus.commands[0]?.meta.commandKey?.key).not.toBe(bus.commands[1]?.meta.commandKey?.key);
  });

  it('takes a bulk line with a key for the same command as a request with that key', async () => {
    await send('POST', '/v1/candidates', { name: { full: 'Ada' } }, { 'idempotency-key': 'k-1' });
    const line = '{"idempotencyKey":"k-1","name":{"full":"Ada"}}\n';
    const response = await send('POST', '/v1/candidates/bulk', line, { 'content-type': 'application/x-ndjson' });
    expect(response.status).toBe(200);
    expect(response.json()).toMatchObject({ line: 1, status: 201, revision: 3 });
    expect(bus.commands[1]?.meta.commandKey).toEqual(bus.commands[0]?.meta.commandKey);
  });

  it('takes candidates out of a pool by their address, with a code for why', async () => {
    const remove = (query: string) =>
      fetch(`${base}/v1/pools/${POOL}/members/${CANDIDATE.toUpperCase()}${query}`, {
        method: 'DELETE',
        headers: { authorization: service, 'idempotency-key': 'k-1' },
      });
    expect((await remove('?reason=not-interested')).status).toBe(200);
    expect(lastCommand()).toMatchObject({ poolId: POOL, candidateId: CANDIDATE, why: { reason: 'not-interested' } });
    expect((await remove('?reason=moved-away')).status).toBe(200);
    const [first, other] = bus.commands;
    expect(other?.meta.commandKey?.key).toBe(first?.meta.commandKey?.key);
    expect(other?.meta.commandKey?.body).not.toBe(first?.meta.commandKey?.body);
    expect((await remove('?reason=Ada%20wants%20to%20wait')).status).toBe(400);
    expect(bus.commands).toHaveLength(2);
  });

  it('adds many to a pool, a line each, as if each had been added alone', async () => {
    await send('POST', `/v1/pools/${POOL}/members`, { candidateId: CANDIDATE }, { 'idempotency-key': 'k-1' });
    const lines = `{"idempotencyKey":"k-1","candidateId":"${CANDIDATE}"}\n{"candidateId":"ada"}\n`;
    const headers = { 'content-type': 'application/x-ndjson' };
    const response = await send('POST', `/v1/pools/${POOL}/members/bulk`, lines, headers);
    expect(
      response.text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { status: number }).status),
    ).toEqual([201, 400]);
    expect(bus.commands[1]?.meta.commandKey).toEqual(bus.commands[0]?.meta.commandKey);
  });

  it('checks bulk lines as it checks requests', async () => {
    const lines = '{"type":"call.made","data":{},"candidateId":"x"}\n{"type":"note.added","data":{"text":"n"}}\n';
    const response = await send('POST', '/v1/interactions/bulk', lines, { 'content-type': 'application/x-ndjson' });
    const results = response.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(results).toMatchObject([
      { line: 1, status: 400, problem: { errors: [{ pointer: '/candidateId' }] } },
      { line: 2, status: 400, problem: { errors: [{ pointer: '/candidateId' }] } },
    ]);
    expect(bus.commands).toEqual([]);
  });

  it.each([
    ['/v1/candidates', {}, '/name'],
    ['/v1/candidates', { name: { full: ' ' } }, '/name/full'],
    ['/v1/candidates', { name: { full: 'A' }, owner: 'ada@example.com' }, '/owner'],
    ['/v1/candidates', { contactPoints: [{ kind: 'email', value: 'not an address' }] }, '/contactPoints/0/value'],
    ['/v1/candidates', { contactPoints: [{ kind: 'phone', value: 'ask me' }] }, '/contactPoints/0/value'],
    ['/v1/candidates', { name: { full: 'A' }, location: { country: 'usa' } }, '/location/country'],
    ['/v1/candidates', { name: { full: 'A' }, skills: [{ name: 'x', level: 3 }] }, '/skills/0/level'],
    ['/v1/candidates', { name: { full: 'A' }, tags: ['a', 'a'] }, '/tags'],
    ['/v1/interactions', { type: 'email.read', data: {}, candidateId: CANDIDATE }, '/type'],
    ['/v1/interactions', { type: 'email.replied', data: {}, candidateId: CANDIDATE }, '/data/sentiment'],
    ['/v1/interactions', { type: 'email.opened', data: { agent: 'human' }, candidateId: CANDIDATE }, '/data/agent'],
    [
      '/v1/interactions',
      { type: 'email.delivered', data: {}, candidateId: CANDIDATE, provider: 'p' },
      '/providerEventId',
    ],
    ['/v1/interactions', { type: 'email.delivered', data: {} }, '/candidateId'],
    [
      '/v1/interactions',
      { type: 'email.delivered', data: {}, candidateId: CANDIDATE, recipient: { kind: 'email', value: 'a@b.c' } },
      '/recipient',
    ],
    [
      '/v1/interactions',
      { type: 'note.added', data: { text: 'n' }, candidateId: CANDIDATE, occurredAt: '2026-02-30' },
      '/occurredAt',
    ],
    [
      '/v1/interactions',
      { type: 'note.added', data: { text: 'n' }, candidateId: CANDIDATE, occurredAt: '2026-02-03T10:00' },
      '/occurredAt',
    ],
    [`/v1/applications/${CANDIDATE}/stages`, { stage: 'applied' }, '/stage'],
    ['/v1/pools', { name: 'Austin', kind: 'dynamic' }, '/kind'],
    ['/v1/pools', { name: 'Austin', kind: 'static', owner: 'ada@example.com' }, '/owner'],
    ['/v1/pools', { name: 'Austin', kind: 'static', stages: ['new', 'new'] }, '/stages'],
    ['/v1/pools', { name: 'Austin', kind: 'segment', criteria: [] }, '/criteria'],
    [`/v1/pools/${POOL}/members`, { candidateId: 'ada' }, '/candidateId'],
    [`/v1/pools/${POOL}/members`, { candidateId: CANDIDATE, reason: 'I like Ada' }, '/reason'],
  ])('refuses POST %s %j at %s', async (path, body, pointer) => {
    const response = await send('POST', path, body);
    expect(response.status).toBe(400);
    expect(response.json()).toMatchObject({ type: 'urn:rapport:problem:invalid-request' });
    const { errors } = response.json() as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    expect(bus.commands).toEqual([]);
  });

  it.each([
    [refusal('not-found', 'candidate-unknown', 'There is none.'), 404],
    [refusal('conflict', 'candidate-exists', 'There is one.'), 409],
    [refusal('precondition-failed', 'revision-mismatch', 'It moved on.'), 412],
    [refusal('invalid', 'idempotency-key-reused', 'Another request.'), 422],
  ])('answers a refusal with its problem', async (refused, status) => {
    bus.answer = err(refused);
    const response = await send('POST', '/v1/candidates', { name: { full: 'Ada' } });
    expect(response.status).toBe(status);
    expect(response.json()).toMatchObject({ type: `urn:rapport:problem:${refused.code}`, detail: refused.message });
  });

  it.each(['analyst', 'auditor'] as const)('lets no %s write', async (role) => {
    const response = await send('POST', '/v1/candidates', { name: { full: 'Ada' } }, { authorization: keyOf(role) });
    expect(response.status).toBe(403);
    expect(bus.commands).toEqual([]);
  });

  it('keeps whoever saves a search in the command, and the search as it was sent', async () => {
    const search = { title: 'engineer', interest: { name: 'backend', expressedMonthsAgo: { from: 12, to: 6 } } };
    const response = await send('POST', '/v1/saved-searches', { name: 'Backend', search });
    expect(response.status).toBe(201);
    const savedBy = /rk_([^_]+)_/.exec(service)?.[1];
    expect(lastCommand()).toMatchObject({ saved: { name: 'Backend', shared: false, search, savedBy } });
    expect(Object.keys((lastCommand() as unknown as { saved: { search: object } }).saved.search)).toEqual(
      Object.keys(search),
    );
  });

  it.each([
    [{ interest: { expressedMonthsAgo: { from: 6, to: 12 } } }, '/search/interest/expressedMonthsAgo/from'],
    [{ where: { happened: { ago: { from: { moons: 2 } } } } }, '/search/where/happened/ago/from'],
    [{ limit: 20 }, '/search/limit'],
    [{ sort: { by: 'relevance' } }, '/search/sort/by'],
  ])('says where a search that is to be saved is wrong', async (search, pointer) => {
    const response = await send('POST', '/v1/saved-searches', { name: 'Wrong', search });
    expect(response.status).toBe(400);
    const { errors } = response.json() as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer).join()).toContain(pointer);
    expect(bus.commands).toEqual([]);
  });

  it('says for every route who may call it', () => {
    expect(routesWithoutRoles(app)).toEqual([]);
  });

  it('documents every field of every request with an example', async () => {
    interface Field {
      readonly example?: unknown;
      readonly $ref?: string;
      readonly allOf?: unknown;
      readonly items?: { readonly $ref?: string };
    }
    const response = await fetch(`${base}/docs/openapi.json`);
    const { components } = (await response.json()) as {
      components: { schemas: Record<string, { properties: Record<string, Field> }> };
    };
    const bare = Object.entries(components.schemas).flatMap(([schema, { properties }]) =>
      Object.entries(properties)
        .filter(([, { example, $ref, allOf, items }]) => example === undefined && !$ref && !allOf && !items?.$ref)
        .map(([field]) => `${schema}.${field}`),
    );
    expect(bare).toEqual([]);
    expect(Object.keys(components.schemas)).toContain('InterestExpressedData');
  });
});
