import { ensureFirstKeys } from '#libs/access';
import { loadOrCreateSecrets } from '#libs/embedded';
import { EventCodec, EventLog } from '#libs/event-store';
import { configureApp, createAdapter } from '#libs/http';
import { newId, type StoredEvent } from '#libs/kernel';
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
/** Other suites write to the same log, and there's one stream of fields in it. */
const ours = `f${newId().slice(0, 8)}`;
const [visa, about, miles] = [`${ours}-visa`, `${ours}-about`, `${ours}-miles`];

describe('Custom fields', () => {
  let scratch: ScratchDatabase;
  let secretsDir: string;
  let app: NestFastifyApplication;
  let service: string;
  const logged: string[] = [];

  beforeAll(async () => {
    scratch = await scratchDatabase();
    secretsDir = await mkdtemp(join(tmpdir(), 'custom-fields-'));
    loadOrCreateSecrets(secretsDir);
    const keys = await ensureFirstKeys(scratch.database, secretsDir);
    if (!keys) throw new Error('The database was not new.');
    service = keys.service;
    const module = CommandApiModule.forRoot({
      databaseUrl: scratch.url,
      eventStoreUrl: process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '',
      secretsDir,
      logger: createLogger({
        service: 'test',
        level: 'debug',
        destination: { write: (line) => void logged.push(line) },
      }),
    });
    const built = await Test.createTestingModule({ imports: [module] }).compile();
    app = built.createNestApplication<NestFastifyApplication>(createAdapter());
    configureApp(app, { title: 'Custom fields', description: 'Under test' });
    await app.listen(0, '127.0.0.1');
  }, SERVERS_MILLISECONDS);
  afterAll(async () => {
    await app?.close();
    await scratch?.drop();
    await rm(secretsDir, { recursive: true, force: true });
  }, SERVERS_MILLISECONDS);

  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${await app.getUrl()}/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${service}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) as Record<string, unknown> };
  };
  const typeOf = ({ body }: { body: Record<string, unknown> }): string => String(body['type']).split(':').at(-1) ?? '';
  const eventsOf = async (candidateId: unknown): Promise<{ raw: unknown[]; events: StoredEvent[] }> => {
    const raw = [];
    const stream = `candidate-${String(candidateId)}`;
    for await (const event of app.get(EventLog, { strict: false }).readStream(stream)) raw.push(event);
    const decoded = await app.get(EventCodec, { strict: false }).decodeMany(raw);
    return { raw: raw.map(({ data }) => data), events: decoded.flatMap((one) => (one.ok ? [one.event] : [])) };
  };

  it('are declared once, called something else, given options and retired', async () => {
    const field = { key: visa, label: 'Visa', type: 'choice', personal: false, options: ['None needed', 'H-1B'] };
    expect(await send('POST', 'custom-fields', field)).toMatchObject({ status: 201, body: { id: visa } });
    expect((await send('POST', 'custom-fields', field)).status).toBe(201);
    const other = await send('POST', 'custom-fields', { ...field, type: 'multi-choice' });
    expect([other.status, typeOf(other)]).toEqual([409, 'custom-field-exists']);
    const typed = await send('POST', 'custom-fields', { key: about, label: 'About', type: 'text', personal: false });
    expect([typed.status, typeOf(typed)]).toEqual([422, 'custom-field-personal']);
    for (const more of [
      { key: about, label: 'About', type: 'text', personal: true },
      { key: miles, label: 'Miles', type: 'number', personal: false },
    ])
      expect((await send('POST', 'custom-fields', more)).status).toBe(201);
    expect((await send('PATCH', `custom-fields/${visa}`, { label: 'Permit', addOptions: ['TN'] })).status).toBe(200);
    const alike = await send('PATCH', `custom-fields/${visa}`, { addOptions: ['tn'] });
    expect([alike.status, alike.text]).toEqual([422, expect.stringContaining('"/addOptions/0"')]);
    const unknown = await send('PATCH', `custom-fields/${ours}-hat`, { label: 'Hat' });
    expect([unknown.status, typeOf(unknown)]).toEqual([404, 'custom-field-unknown']);
    const bad = await send('POST', 'custom-fields', { ...field, key: 'No Key', type: 'colour' });
    expect([bad.status, bad.text]).toEqual([400, expect.stringContaining('"/key"')]);
  });

  it('get values with a candidate and later, what is personal sealed, each only if it changes', async () => {
    const { status, body } = await send('POST', 'candidates', {
      name: { full: 'Ada' },
      customFields: { [visa]: 'tn', [about]: 'Knows Babbage' },
    });
    expect([status, body['revision']]).toEqual([201, 2]);
    const id = String(body['id']);
    const patched = await send('PATCH', `candidates/${id}`, {
      customFields: { [visa]: 'TN', [about]: null, [miles]: -12.5 },
    });
    expect([patched.status, patched.body['revision']]).toEqual([200, 4]);
    const { raw, events } = await eventsOf(id);
    expect(events.slice(1).map(({ type, data }) => [type, data])).toEqual([
      ['candidate.custom-field-set', { field: visa, type: 'choice', value: 'TN' }],
      ['candidate.custom-field-set', { field: about, type: 'text', personalValue: 'Knows Babbage' }],
      ['candidate.custom-field-cleared', { field: about }],
      ['candidate.custom-field-set', { field: miles, type: 'number', value: -12.5 }],
    ]);
    expect(JSON.stringify(raw)).not.toContain('Babbage');
    expect(logged.join('')).not.toContain('Babbage');
  });

  it('refuse values that are not what was declared, and leave nothing of the rest', async () => {
    const { body } = await send('POST', 'candidates', { name: { full: 'Bob' } });
    const path = `candidates/${String(body['id'])}`;
    const wrong = await send('PATCH', path, { title: 'Baker', customFields: { [miles]: 'Babbage' } });
    expect([wrong.status, typeOf(wrong)]).toEqual([422, 'custom-value-wrong']);
    expect(wrong.text).toContain(`"/customFields/${miles}"`);
    expect(wrong.text).not.toContain('Babbage');
    const unknown = await send('POST', 'candidates', { name: { full: 'C' }, customFields: { [`${ours}-hat`]: 1 } });
    expect([unknown.status, typeOf(unknown)]).toEqual([422, 'custom-field-undeclared']);
    for (const customFields of [{ 'No Key': 1 }, { [miles]: { a: 1 } }, { [about]: 'a\0b' }, 'all'])
      expect((await send('PATCH', path, { customFields })).status).toBe(400);
    expect((await eventsOf(body['id'])).events).toHaveLength(1);
  });

  it('are what a segment and a saved search may ask for, unless they are personal or nowhere', async () => {
    const segment = (criteria: object) =>
      send('POST', 'pools', { name: 'Permits', kind: 'segment', criteria: { and: [criteria] } });
    const saved = (where: object) => send('POST', 'saved-searches', { name: 'Permits', search: { where } });
    expect((await segment({ custom: visa, is: ['H-1B'] })).status).toBe(201);
    expect((await saved({ custom: miles, atLeast: 5 })).status).toBe(201);
    for (const [criteria, pointer] of [
      [{ custom: `${ours}-hat`, known: true }, 'custom'],
      [{ custom: about, known: true }, 'custom'],
      [{ custom: visa, is: ['O-1'] }, 'is/0'],
    ] as const) {
      const refused = [await segment(criteria), await saved(criteria)];
      expect(refused.map(({ status }) => status)).toEqual([400, 400]);
      expect(refused[0]?.text).toContain(`"/criteria/and/0/${pointer}"`);
      expect(refused[1]?.text).toContain(`"/search/where/${pointer}"`);
    }
  });

  it('keep their values once they are retired, and get no others', async () => {
    const { body } = await send('POST', 'candidates', { name: { full: 'Eve' }, customFields: { [miles]: 7 } });
    expect((await send('POST', `custom-fields/${miles}/retirement`)).status).toBe(200);
    const path = `candidates/${String(body['id'])}`;
    expect((await send('PATCH', path, { customFields: { [miles]: 7 } })).body['revision']).toBe(1);
    const other = await send('PATCH', path, { customFields: { [miles]: 8 } });
    expect([other.status, typeOf(other)]).toEqual([409, 'custom-field-retired']);
    expect((await send('PATCH', path, { customFields: { [miles]: null } })).body['revision']).toBe(2);
  });
});
