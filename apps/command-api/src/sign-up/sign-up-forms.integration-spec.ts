import { ensureFirstKeys } from '#libs/access';
import { loadOrCreateSecrets } from '#libs/embedded';
import { configureApp, createAdapter } from '#libs/http';
import { newId } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { CommandApiModule } from '../command-api.module.js';

/** On a busy machine. */
const SERVERS_MILLISECONDS = 30_000;

const form = {
  name: 'Spring fair',
  source: { kind: 'event', name: 'Spring fair 2026' },
  origins: ['https://careers.example'],
  topics: ['backend'],
  consents: [{ purpose: 'newsletter', channel: 'email' }],
  consentText: { version: '1', language: 'en', wording: 'You may write to me.' },
  privacyUrl: 'https://careers.example/privacy',
};

describe('Sign-up forms', () => {
  let scratch: ScratchDatabase;
  let secretsDir: string;
  let app: NestFastifyApplication;
  let base: string;
  let service: string;

  beforeAll(async () => {
    scratch = await scratchDatabase();
    secretsDir = await mkdtemp(join(tmpdir(), 'sign-up-'));
    loadOrCreateSecrets(secretsDir);
    const keys = await ensureFirstKeys(scratch.database, secretsDir);
    if (!keys) throw new Error('The database was not new.');
    service = keys.service;
    const module = CommandApiModule.forRoot({
      databaseUrl: scratch.url,
      eventStoreUrl: process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '',
      secretsDir,
      logger: createLogger({ service: 'test', level: 'silent' }),
    });
    const built = await Test.createTestingModule({ imports: [module] }).compile();
    app = built.createNestApplication<NestFastifyApplication>(createAdapter());
    configureApp(app, { title: 'Sign-up', description: 'Under test' });
    await app.listen(0, '127.0.0.1');
    base = await app.getUrl();
  }, SERVERS_MILLISECONDS);
  afterAll(async () => {
    await app?.close();
    await scratch?.drop();
    await rm(secretsDir, { recursive: true, force: true });
  }, SERVERS_MILLISECONDS);

  const send = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`${base}/v1/sign-up-forms${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { authorization: `Bearer ${service}`, 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const define = async (): Promise<string> => String((await send('POST', '', form)).body['id']);

  it('are shown to whoever asks, without what is nobody else’s business', async () => {
    const id = await define();
    const { source: _source, origins: _origins, ...shown } = form;
    expect(await send('GET', `/${id}`)).toEqual({
      status: 200,
      body: { id, ...shown, redirectUrl: null, open: true, ticket: expect.any(String) },
    });
    expect(await send('GET', `/${newId()}`)).toMatchObject({
      status: 404,
      body: { type: 'urn:rapport:problem:form-unknown' },
    });
  });

  it('are defined once for a key, changed for the revision that was seen, and closed', async () => {
    const key = { 'idempotency-key': newId() };
    const first = await send('POST', '', form, key);
    expect(await send('POST', '', form, key)).toEqual(first);
    const path = `/${String(first.body['id'])}`;
    expect(await send('PATCH', path, { open: false, topics: [] }, { 'if-match': '"0"' })).toMatchObject({
      status: 200,
    });
    expect(await send('PATCH', path, { open: true }, { 'if-match': '"0"' })).toMatchObject({ status: 412 });
    expect(await send('GET', path)).toMatchObject({ body: { open: false, topics: [], name: form.name } });
  });

  it('keep what people agreed to under its version', async () => {
    const path = `/${await define()}`;
    const consentText = { ...form.consentText, wording: 'You may do anything.' };
    expect(await send('PATCH', path, { consentText })).toMatchObject({
      status: 409,
      body: { type: 'urn:rapport:problem:text-without-version' },
    });
    expect(await send('PATCH', path, { consentText: { ...consentText, version: '2' } })).toMatchObject({ status: 200 });
    expect(await send('GET', path)).toMatchObject({ body: { consentText: { version: '2' } } });
  });

  it.each([
    ['an address that is a script', { privacyUrl: 'javascript:alert(1)' }, '/privacyUrl'],
    ['an address with a user in it', { redirectUrl: 'https://me@careers.example/' }, '/redirectUrl'],
    ['a line break in an address', { redirectUrl: 'https://careers.example/\r\nthanks' }, '/redirectUrl'],
    ['a blank in an address', { privacyUrl: 'https://careers.example/privacy notice' }, '/privacyUrl'],
    ['an origin with a path', { origins: ['https://careers.example/jobs'] }, '/origins'],
    ['any origin', { origins: ['*'] }, '/origins'],
    ['no consent', { consents: [] }, '/consents'],
    [
      'a purpose that there is none of',
      { consents: [{ purpose: 'world-domination', channel: 'email' }] },
      '/consents/0/purpose',
    ],
    ['a language that is none', { consentText: { ...form.consentText, language: 'English' } }, '/consentText/language'],
    ['a field that is not known', { script: 'x' }, '/script'],
  ])('are refused with %s', async (_what, wrong, pointer) => {
    const { status, body } = await send('POST', '', { ...form, ...wrong });
    expect({ status, errors: body['errors'] }).toMatchObject({ status: 400, errors: [{ pointer }] });
  });
});
