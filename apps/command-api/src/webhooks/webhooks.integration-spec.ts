import { ensureFirstKeys } from '#libs/access';
import { readEmailProviders, type Fetcher } from '#libs/email-events';
import { loadOrCreateSecrets } from '#libs/embedded';
import { EventLog, type RawEvent } from '#libs/event-store';
import { configureApp, createAdapter } from '#libs/http';
import { newId, systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { KeyVault } from '#libs/privacy';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import {
  byBrevo,
  byMailgun,
  byPostmark,
  bySendGrid,
  bySes,
  certificateFor,
  webhookEnvironment,
  type Posted,
} from '../../../../test/support/webhook-senders.js';
import { CommandApiModule } from '../command-api.module.js';
import { acceptWebhooks, MOST_DELIVERIES } from './raw-deliveries.js';
import { EMAIL_PROVIDERS } from './webhooks.service.js';

/** On a busy machine. */
const SERVERS_MILLISECONDS = 30_000;
const DAY = 86_400_000;

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
  readonly body: Record<string, unknown> & {
    readonly items?: readonly {
      readonly id: string;
      readonly reason: string;
      readonly provider: string;
      readonly deliveries: number;
    }[];
  };
}

const samples = (name: string): Record<string, unknown>[] =>
  JSON.parse(readFileSync(new URL(`../../../../test/data/email/${name}.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >[];

const taken = (recorded: number, duplicates = 0, unmatched = 0) => ({
  status: 200,
  body: { recorded, duplicates, unmatched },
});

describe('The webhooks of email providers', () => {
  const logged: string[] = [];
  let scratch: ScratchDatabase;
  let secretsDir: string;
  let app: NestFastifyApplication;
  let base: string;
  let keys: { readonly service: string; readonly admin: string };
  let log: EventLog;

  beforeAll(async () => {
    scratch = await scratchDatabase();
    secretsDir = await mkdtemp(join(tmpdir(), 'webhooks-'));
    loadOrCreateSecrets(secretsDir);
    const made = await ensureFirstKeys(scratch.database, secretsDir);
    if (!made) throw new Error('The database was not new.');
    keys = made;
    const certificate = certificateFor(new Date(Date.now() - DAY), new Date(Date.now() + DAY));
    const fetcher: Fetcher = () => Promise.resolve(certificate);
    const destination = { write: (line: string) => void logged.push(line) };
    const module = CommandApiModule.forRoot({
      databaseUrl: scratch.url,
      eventStoreUrl: process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '',
      secretsDir,
      logger: createLogger({ service: 'test', level: 'debug', destination }),
    });
    const built = await Test.createTestingModule({ imports: [module] })
      .overrideProvider(EMAIL_PROVIDERS)
      .useValue(readEmailProviders(webhookEnvironment, { clock: systemClock, fetcher }))
      .compile();
    app = built.createNestApplication<NestFastifyApplication>(createAdapter());
    configureApp(app, { title: 'Webhooks', description: 'Under test' });
    acceptWebhooks(app);
    await app.listen(0, '127.0.0.1');
    base = await app.getUrl();
    log = app.get(EventLog, { strict: false });
  }, SERVERS_MILLISECONDS);
  afterAll(async () => {
    await app?.close();
    await scratch?.drop();
    await rm(secretsDir, { recursive: true, force: true });
  }, SERVERS_MILLISECONDS);

  const call = async (method: string, path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${base}${path}`, { method, ...init });
    const text = await response.text();
    const body = (text === '' ? {} : JSON.parse(text)) as Answer['body'];
    return { status: response.status, retryAfter: response.headers.get('retry-after'), text, body };
  };
  const deliver = (provider: string, { headers, body }: Posted): Promise<Answer> =>
    call('POST', `/v1/webhooks/${provider}`, { headers, body: new Uint8Array(body) });
  const asAdmin = (method: string, path: string, key = keys.admin): Promise<Answer> =>
    call(method, path, { headers: { authorization: `Bearer ${key}` } });
  const command = (path: string, body: object): Promise<Answer> =>
    call('POST', path, {
      headers: { authorization: `Bearer ${keys.service}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const add = async (...addresses: string[]): Promise<string> => {
    const contactPoints = addresses.map((value) => ({ kind: 'email', value }));
    const { body } = await command('/v1/candidates', { name: { full: 'Ada' }, contactPoints });
    return String(body['id']);
  };
  const engagementOf = async (id: string): Promise<RawEvent[]> => {
    const events: RawEvent[] = [];
    for await (const event of log.readStream(`engagement-${id}`)) events.push(event);
    return events;
  };
  const someone = (): string => `p-${newId()}@example.org`;
  const opened = (email: string, id = newId()): Record<string, unknown> => ({
    event: 'open',
    email,
    timestamp: 1_772_366_400,
    sg_event_id: id,
    ip: '192.0.2.77',
  });
  const listed = async (): Promise<NonNullable<Answer['body']['items']>> =>
    (await asAdmin('GET', '/v1/unmatched-deliveries?limit=200')).body.items ?? [];
  const now = (): Date => new Date();

  it('record every sample that says who, when and which, once, and keep the others', async () => {
    const people = ['recipient', 'example', 'unsubscribe', 'jane', 'richard', 'bounce', 'spam', 'john'];
    const ids = await Promise.all(
      [
        ...people.map((name) => `${name}@example.com`),
        'undeliverable@nomx.example.com',
        'undeliverable@mx.example.com',
      ].map((address) => add(address)),
    );
    const posts: (() => Promise<Answer>)[] = [
      () => deliver('sendgrid', bySendGrid(samples('sendgrid'), now())),
      ...samples('amazon_ses').map((event, i) => () => deliver('amazon-ses', bySes(event, now(), `sns-${i}`))),
      ...samples('mailgun').map((body) => () => deliver('mailgun', byMailgun(body['event-data'], now()))),
      ...samples('postmark').map((event) => () => deliver('postmark', byPostmark(event))),
    ];
    const sums = async (): Promise<number[]> => {
      const answers: Answer[] = [];
      for (const post of posts) answers.push(await post());
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      return ['recorded', 'duplicates', 'unmatched'].map((name) =>
        answers.reduce((sum, { body }) => sum + Number(body[name]), 0),
      );
    };
    // Two of SendGrid's are one.
    expect(await sums()).toEqual([25, 1, 3]);
    expect(await sums()).toEqual([0, 26, 3]);
    const streams = await Promise.all(ids.map(engagementOf));
    expect(streams.flat()).toHaveLength(25);
    expect(
      (await listed()).map(({ provider, reason, deliveries }) => `${provider} ${reason} ${deliveries}`).toSorted(),
    ).toEqual(['mailgun incomplete 2', 'mailgun incomplete 2', 'postmark unknown-type 2']);
  });

  it('tell two recipients of one id apart, and two of one bounce', async () => {
    const [a, b] = [someone(), someone()];
    const [ada, bob] = [await add(a), await add(b)];
    const id = newId();
    expect(await deliver('sendgrid', bySendGrid([opened(a, id), opened(b, id), opened(a, id)], now()))).toMatchObject(
      taken(2, 1),
    );
    const bounce = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: a }, { emailAddress: b }] };
    const event = { notificationType: 'Bounce', bounce, mail: { messageId: newId(), destination: [a, b] } };
    expect(await deliver('amazon-ses', bySes(event, now()))).toMatchObject(taken(2));
    for (const person of [ada, bob])
      expect((await engagementOf(person)).map(({ type }) => type)).toEqual(['email.opened', 'email.bounced']);
  });

  it('store nothing of what is forged, stale or unsigned', async () => {
    const address = someone();
    const person = await add(address);
    const posted = bySendGrid([opened(address)], now());
    const body = Buffer.concat([posted.body, Buffer.from(' ')]);
    const old = bySendGrid([opened(address)], new Date(Date.now() - 2 * DAY));
    const brevo = byBrevo(
      [{ id: '1', type: 'email.opened', recipient: address, occurredAt: now() }],
      new Date(Date.now() - 600_000),
    );
    const outcomes = [
      await deliver('sendgrid', { ...posted, body }),
      await deliver('sendgrid', old),
      await deliver('brevo', brevo),
      await deliver('postmark', { ...posted }),
    ].map((answer) => `${answer.status} ${String(answer.body['type'])}`);
    const problem = (code: string): string => `401 urn:rapport:problem:${code}`;
    expect(outcomes).toEqual(['webhook-forged', 'webhook-stale', 'webhook-stale', 'webhook-unsigned'].map(problem));
    expect(await engagementOf(person)).toEqual([]);
    expect(await deliver('mailjet', posted)).toMatchObject({ status: 404 });
    // The same bytes again, as they were meant: nothing was remembered of the forged ones.
    expect(await deliver('sendgrid', posted)).toMatchObject(taken(1));
    expect(await deliver('sendgrid', posted)).toMatchObject(taken(0, 1));
  });

  it('keep what is about nobody, encrypted, until somebody is known and it is replayed', async () => {
    const address = someone();
    const posted = bySendGrid([opened(address)], now());
    const before = new Set((await listed()).map(({ id }) => id));
    expect(await deliver('sendgrid', posted)).toMatchObject(taken(0, 0, 1));
    expect(await deliver('sendgrid', posted)).toMatchObject(taken(0, 0, 1));
    const [kept, ...others] = (await listed()).filter(({ id }) => !before.has(id));
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ provider: 'sendgrid', reason: 'unknown-recipient', deliveries: 2 });
    const rows = await scratch.database.query('SELECT * FROM vault.unmatched_deliveries');
    expect(rows.some((row) => JSON.stringify(row).includes(address))).toBe(false);
    expect(rows.some(({ sealed }) => (sealed as Buffer).includes(address))).toBe(false);

    const replay = `/v1/unmatched-deliveries/${kept?.id}/replay`;
    expect(await asAdmin('POST', replay, keys.service)).toMatchObject({ status: 403 });
    expect(await asAdmin('POST', replay)).toMatchObject({ status: 200, body: { tried: 1, recorded: 0, unmatched: 1 } });
    const person = await add(address);
    expect(await asAdmin('POST', '/v1/unmatched-deliveries/replay?limit=1000')).toMatchObject({
      body: { recorded: 1 },
    });
    expect(await asAdmin('POST', replay)).toMatchObject({ status: 404 });
    expect((await engagementOf(person)).map(({ type }) => type)).toEqual(['email.opened']);
    expect(await deliver('sendgrid', posted)).toMatchObject(taken(0, 1));
  });

  it('keep what is about one of several who share an address, until they are merged', async () => {
    const address = someone();
    const [ada, twin] = [await add(address), await add(address)];
    const before = new Set((await listed()).map(({ id }) => id));
    const unsubscribed = { ...opened(address), event: 'unsubscribe' };
    expect(await deliver('sendgrid', bySendGrid([unsubscribed], now()))).toMatchObject(taken(0, 0, 1));
    const [kept] = (await listed()).filter(({ id }) => !before.has(id));
    expect(kept).toMatchObject({ reason: 'ambiguous-recipient' });
    const merge = await command(`/v1/candidates/${twin}/merges`, { otherId: ada, reason: 'review' });
    expect(merge).toMatchObject({ status: 201 });
    expect(await deliver('sendgrid', bySendGrid([opened(address)], now()))).toMatchObject(taken(1));
    const replay = `/v1/unmatched-deliveries/${kept?.id}/replay`;
    expect(await asAdmin('POST', replay)).toMatchObject({ status: 200, body: { recorded: 1, unmatched: 0 } });
    expect((await engagementOf(ada)).map(({ type }) => type)).toEqual(['email.opened', 'email.unsubscribed']);
    expect(await engagementOf(twin)).toEqual([]);
  });

  it('take what they know of a delivery with an event that they do not', async () => {
    const address = someone();
    await add(address);
    const events = [opened(address), { ...opened(address), event: 'teleported' }, opened(someone()), 'nonsense'];
    expect(await deliver('sendgrid', bySendGrid(events, now()))).toMatchObject(taken(1, 0, 3));
  });

  it('keep nothing of somebody who was forgotten', async () => {
    const address = someone();
    const person = await add(address);
    await app.get(KeyVault, { strict: false }).destroy(person, ['identity', 'contact', 'narrative', 'technical']);
    const before = (await listed()).length;
    expect(await deliver('sendgrid', bySendGrid([opened(address)], now()))).toMatchObject(taken(0));
    expect(await listed()).toHaveLength(before);
  });

  it('store every one of a burst once, though it is sent at once, and twice', async () => {
    const addresses = Array.from({ length: 20 }, someone);
    const people = await Promise.all(addresses.map((address) => add(address)));
    const deliveries = Array.from({ length: 100 }, () =>
      bySendGrid(
        addresses.slice(0, 10).map((address) => opened(address)),
        now(),
      ),
    );
    const persistently = (posted: Posted): Promise<Answer> =>
      until('the delivery is taken', async () => {
        const answer = await deliver('sendgrid', posted);
        if (answer.status === 503) expect(Number(answer.retryAfter)).toBeGreaterThan(0);
        return answer.status === 200 ? answer : undefined;
      });
    const answers = await Promise.all([...deliveries, ...deliveries].map(persistently));
    const sum = (name: string): number => answers.reduce((all, { body }) => all + Number(body[name]), 0);
    expect([sum('unmatched'), sum('recorded') + sum('duplicates')]).toEqual([0, 2_000]);
    const stored = await Promise.all(people.map(async (person) => (await engagementOf(person)).length));
    expect(stored).toEqual(addresses.map((_, i) => (i < 10 ? 100 : 0)));
  });

  it('tell those beyond the limit to come back, before their bodies are read', async () => {
    const { hostname, port } = new URL(base);
    const head = `POST /v1/webhooks/sendgrid HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n`;
    const sockets = Array.from({ length: MOST_DELIVERIES }, () => connect(Number(port), hostname));
    for (const socket of sockets) socket.on('error', () => undefined).write(head);
    const refused = await until('the limit is reached', async () => {
      const answer = await deliver('sendgrid', bySendGrid([], now()));
      return answer.status === 503 ? answer : undefined;
    });
    expect(refused).toMatchObject({ retryAfter: '5', body: { type: 'urn:rapport:problem:too-many-deliveries' } });
    for (const socket of sockets) socket.destroy();
    await until('there is room again', async () => (await deliver('sendgrid', bySendGrid([], now()))).status === 200);
  });

  it('give other routes no raw bodies', async () => {
    const headers = { authorization: `Bearer ${keys.service}`, 'content-type': 'application/x-rapport-webhook' };
    expect(await call('POST', '/v1/candidates', { headers, body: '{}' })).toMatchObject({ status: 415 });
  });

  it('log nothing personal', () => {
    const all = logged.join('');
    expect(all).toContain('/v1/webhooks/:provider');
    for (const personal of ['@example', '192.0.2.77']) expect(all).not.toContain(personal);
  });
});
