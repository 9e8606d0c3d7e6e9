import { ensureFirstKeys } from '#libs/access';
import { AddCandidateCommand, UpdateCandidateCommand } from '#libs/candidates';
import { EmailOutbox, mailerFor, OutboxWorker } from '#libs/email';
import { loadOrCreateSecrets } from '#libs/embedded';
import { CommandRunner, EventLog, type CommandMeta } from '#libs/event-store';
import { configureApp, createAdapter } from '#libs/http';
import { CLOCK, FixedClock, newId } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { Digests, KeyVault } from '#libs/privacy';
import { ConfirmedSignUps } from '#libs/sign-up';
import {
  AdmitSignUpCommand,
  AdmitSignUpHandler,
  CONFIRMATION_EMAIL,
  confirmationEmail,
  PendingSignUps,
} from '#libs/sign-up-intake';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { readableMail, SmtpReceiver } from '../../../../test/support/smtp-receiver.js';
import { CommandApiModule } from '../command-api.module.js';
import { acceptSignUps } from './submitting/accept-sign-ups.js';
import { SIGN_UP_SETTINGS, type SignUpSettings } from './submitting/sign-up-settings.js';

/** On a busy machine. */
const SERVERS_MILLISECONDS = 30_000;
const DAY = 86_400_000;
const ORIGIN = 'https://careers.example';
const sender = { from: 'Example <careers@example.com>', postalAddress: 'Example Ltd, Exampletown' };
const settings: SignUpSettings = {
  emailConfigured: true,
  publicUrl: 'https://talent.example',
  leastMilliseconds: 2_000,
  rate: undefined,
};

describe('Signing up', () => {
  const clock = new FixedClock(new Date());
  const logged: string[] = [];
  let scratch: ScratchDatabase;
  let smtp: SmtpReceiver;
  let secretsDir: string;
  let app: NestFastifyApplication;
  let worker: OutboxWorker;
  let base: string;
  let service: string;
  let formId: string;

  beforeAll(async () => {
    scratch = await scratchDatabase();
    smtp = await SmtpReceiver.start();
    secretsDir = await mkdtemp(join(tmpdir(), 'sign-up-'));
    loadOrCreateSecrets(secretsDir);
    const keys = await ensureFirstKeys(scratch.database, secretsDir);
    if (!keys) throw new Error('The database was not new.');
    service = keys.service;
    const logger = createLogger({
      service: 'test',
      level: 'debug',
      destination: { write: (line) => void logged.push(line) },
    });
    const eventStoreUrl = process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '';
    const module = CommandApiModule.forRoot({ databaseUrl: scratch.url, eventStoreUrl, secretsDir, logger });
    const built = await Test.createTestingModule({ imports: [module] })
      .overrideProvider(SIGN_UP_SETTINGS)
      .useValue(settings)
      .overrideProvider(CLOCK)
      .useValue(clock)
      .compile();
    app = built.createNestApplication<NestFastifyApplication>(createAdapter());
    // Other origins for everything else: a form's own count all the same.
    const options = { corsOrigins: ['https://console.example'], trustProxy: false, hstsSeconds: undefined } as const;
    configureApp(app, { title: 'Sign-up', description: 'Under test' }, options);
    acceptSignUps(app);
    await app.listen(0, '127.0.0.1');
    base = await app.getUrl();
    const outbox = app.get(EmailOutbox, { strict: false });
    const mailer = mailerFor({ kind: 'smtp', url: smtp.url, ...sender });
    const templates = { [CONFIRMATION_EMAIL]: confirmationEmail };
    worker = new OutboxWorker({ outbox, mailer, sender, templates, logger, clock });
  }, SERVERS_MILLISECONDS);
  afterAll(async () => {
    await worker?.stop();
    await app?.close();
    await smtp?.stop();
    await scratch?.drop();
    await rm(secretsDir, { recursive: true, force: true });
  }, SERVERS_MILLISECONDS);
  beforeEach(async () => {
    formId = await define();
  });

  const form = {
    name: 'Spring fair',
    source: { kind: 'event', name: 'Spring fair 2026' },
    origins: [ORIGIN],
    topics: ['backend', 'data'],
    consents: [{ purpose: 'newsletter', channel: 'email' }],
    consentText: { version: '1', language: 'de', wording: 'Sie dürfen mir schreiben.' },
    privacyUrl: 'https://careers.example/privacy',
  };
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; headers: Headers; text: string }> => {
    const isForm = body instanceof URLSearchParams;
    const response = await fetch(`${base}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const asService = () => ({ authorization: `Bearer ${service}` });
  const define = async (): Promise<string> => {
    const { text } = await call('POST', '/v1/sign-up-forms', form, asService());
    return (JSON.parse(text) as { id: string }).id;
  };
  const change = (changes: object) => call('PATCH', `/v1/sign-up-forms/${formId}`, changes, asService());
  const ticket = async (): Promise<string> => {
    const { text } = await call('GET', `/v1/sign-up-forms/${formId}`);
    clock.advance(3_000);
    return (JSON.parse(text) as { ticket: string }).ticket;
  };
  const entered = async (email: string, more: object = {}) => ({
    email,
    name: 'Ada Zebulon',
    topics: ['backend'],
    consents: form.consents,
    textVersion: '1',
    ticket: await ticket(),
    ...more,
  });
  const submit = async (email: string, more: object = {}, headers: Record<string, string> = {}) =>
    call('POST', `/v1/sign-up-forms/${formId}/submissions`, await entered(email, more), headers);
  /** What was sent since the last time. */
  const mails = async () => {
    await worker.round();
    return smtp.received.splice(0);
  };
  /** The path of the one link that was sent. */
  const link = async (): Promise<string> => {
    const [mail, ...more] = await mails();
    if (!mail || more.length > 0) throw new Error(`${more.length + (mail ? 1 : 0)} messages.`);
    return /https:\/\/talent\.example(\/sign-up\/confirmations\/[\w-]+)/.exec(readableMail(mail))?.[1] ?? 'none';
  };
  const confirmed = async () => {
    const [row] = await scratch.database.query<{ id: string }>(
      'SELECT id FROM vault.pending_sign_ups WHERE form_id = $1 AND confirmed_at IS NOT NULL ORDER BY confirmed_at DESC',
      [formId],
    );
    const signUps = app.get(ConfirmedSignUps, { strict: false });
    const found = row && (await signUps.find(row.id));
    if (!found) throw new Error('Nobody confirmed.');
    return { signUpId: row.id, ...found };
  };
  const meta = (): CommandMeta => ({
    context: { actor: { kind: 'system', id: 'test' }, correlationId: newId(), source: 'test' },
    occurredAt: new Date(),
  });
  const add = async (email: string, full: string): Promise<string> => {
    const id = newId();
    const lists = { tags: [], skills: [], interests: [], externalIds: [] };
    const person = { name: { full }, contactPoints: [{ kind: 'email' as const, value: email }], ...lists };
    await app.get(CommandBus).execute(new AddCandidateCommand(id, person, meta()));
    return id;
  };
  const signUp = async (email: string, more: object = {}): Promise<string> => {
    expect(await submit(email, more)).toMatchObject({ status: 202 });
    expect(await call('POST', await link())).toMatchObject({ status: 200 });
    return (await confirmed()).candidateId;
  };

  /** As automation does. */
  const admit = async (signUpId: string): Promise<void> => {
    const runner = app.get(CommandRunner, { strict: false });
    const [signUps, digests] = [app.get(ConfirmedSignUps, { strict: false }), app.get(Digests, { strict: false })];
    const handler = new AdmitSignUpHandler(signUps, runner, app.get(CommandBus), digests);
    const command = new AdmitSignUpCommand(signUpId, { ...meta(), commandKey: { key: signUpId, body: signUpId } });
    expect(await handler.execute(command)).toEqual({ ok: true, value: null });
  };
  const eventsAbout = async (candidateId: string) => {
    const events: { type: string; data: Record<string, unknown> }[] = [];
    for (const stream of [`candidate-${candidateId}`, `engagement-${candidateId}`])
      for await (const { type, data } of app.get(EventLog, { strict: false }).readStream(stream))
        events.push({ type, data: data as Record<string, unknown> });
    return events;
  };

  it('asks by email in the form’s language, records nothing before the button is pressed, and all of it once then', async () => {
    const email = `${newId()}@zq.example`;
    expect(await submit(email.toUpperCase())).toMatchObject({ status: 202, text: '{"status":"confirmation-asked"}' });
    const [mail] = await mails();
    expect(mail?.to[0]?.toLowerCase()).toBe(email);
    const text = mail ? readableMail(mail) : '';
    expect(text).toContain('https://talent.example/sign-up/confirmations/');
    expect(mail?.source).toMatch(/^Subject: .*Bitte/m);
    expect(text).toContain('Example Ltd, Exampletown');
    // Whoever enters another's address can't have them read what they like.
    expect(text).not.toContain('Zebulon');
    const path = /\/sign-up\/confirmations\/[\w-]+/.exec(text)?.[0] ?? '';

    // As a scanner does.
    for (const _ of [1, 2]) expect(await call('GET', path)).toMatchObject({ status: 200 });
    await expect(confirmed()).rejects.toThrow('Nobody');
    const shown = await call('GET', path);
    expect(shown.text).toContain('Sie dürfen mir schreiben.');
    expect(shown.text).not.toContain('zq.example');

    const answers = await Promise.all([call('POST', path), call('POST', path)]);
    answers.push(await call('POST', path));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { signUpId, candidateId, ...signed } = await confirmed();
    expect(signed).toMatchObject({ formId, email, language: 'de', textVersion: '1', topics: ['backend'] });
    const log = app.get(EventLog, { strict: false });
    const kept: unknown[] = [];
    for await (const { data, metadata } of log.readStream(`sign-up-${signUpId}`)) kept.push([data, metadata]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toMatch(/zq\.example|Zebulon/i);

    for (const _ of [1, 2]) await admit(signUpId);
    expect(await eventsAbout(candidateId)).toMatchObject([
      { type: 'candidate.added', data: { source: form.source } },
      {
        type: 'candidate.consent-given',
        data: { purpose: 'newsletter', textVersion: '1', evidence: { kind: 'double-opt-in', reference: signUpId } },
      },
      { type: 'form.submitted', data: { formId, source: form.source } },
      { type: 'interest.expressed', data: { interest: 'backend', channel: 'sign-up' } },
    ]);
    expect(logged.join('\n')).not.toMatch(/zq\.example|Zebulon/i);
    expect(logged.join('\n')).not.toContain(path);
  });

  it('answers the same whoever is known, and tells people apart only once they confirm', async () => {
    const [known, shared] = [`${newId()}@example.org`, `${newId()}@example.org`];
    const ada = await add(known, 'Ada Zebulon');
    const [adaToo, bob] = [await add(shared, 'Ada  zebulon'), await add(shared, 'Bob')];
    const stranger = await submit(`${newId()}@example.org`);
    await mails();
    expect((await submit(known)).text).toBe(stranger.text);
    expect(await call('POST', await link())).toMatchObject({ status: 200 });
    expect((await confirmed()).candidateId).toBe(ada);
    expect(await signUp(shared)).toBe(adaToo);
    // Two have the address and another name: somebody new, whom the list of duplicates shows beside them.
    expect([ada, adaToo, bob]).not.toContain(await signUp(shared, { name: 'Eve' }));
  });

  it('is a touch of the form’s source for somebody who came from another one, and leaves theirs', async () => {
    const email = `${newId()}@example.org`;
    const ada = await add(email, 'Ada Zebulon');
    expect(await signUp(email, { topics: [] })).toBe(ada);
    await admit((await confirmed()).signUpId);
    const told = await eventsAbout(ada);
    expect(told.map(({ type }) => type)).toEqual(['candidate.added', 'candidate.consent-given', 'form.submitted']);
    expect(told.at(-1)?.data).toEqual({ formId, source: form.source });
  });

  it('does not give a sign-up to somebody who had the address by mistake', async () => {
    const [hers, his] = [`${newId()}@example.org`, `${newId()}@example.org`];
    const ada = await add(his, 'Ada Zebulon');
    const corrected = { contactPoints: [{ kind: 'email' as const, value: hers }] };
    await app.get(CommandBus).execute(new UpdateCandidateCommand(ada, corrected, meta()));
    expect(await signUp(his, { name: 'Bob' })).not.toBe(ada);
    const bob = await add(his, 'Bob');
    expect(await signUp(his, { topics: ['data'] })).toBe(bob);
    expect(await signUp(hers, { name: 'Ada' })).toBe(ada);
  });

  it('lets somebody who was erased begin anew, as somebody else', async () => {
    const email = `${newId()}@example.org`;
    const first = await signUp(email);
    const vault = app.get(KeyVault, { strict: false });
    await vault.destroy(first, ['identity', 'contact', 'narrative', 'technical']);
    const second = await signUp(email, { topics: ['data'] });
    expect(second).not.toBe(first);
    expect(await signUp(email, { topics: [] })).toBe(second);
  });

  it('sends no second message for a double click, one more after a while, and three a day to a mailbox', async () => {
    const email = `${newId()}@example.org`;
    const sent = async (more: object = {}): Promise<number> => {
      expect(await submit(email, more)).toMatchObject({ status: 202 });
      return (await mails()).length;
    };
    expect([await sent(), await sent()]).toEqual([1, 0]);
    clock.advance(660_000);
    expect(await sent()).toBe(1);
    expect([await sent({ topics: [] }), await sent({ topics: ['data'] })]).toEqual([1, 0]);
    // However it's spelled.
    const spelled = email.replace('@', '+fair@').toUpperCase();
    expect(await sent({ email: spelled })).toBe(0);
    clock.advance(DAY);
    expect(await sent({ topics: ['data'] })).toBe(1);
  });

  it('counts messages of a day only, also where the same was submitted on the day before', async () => {
    const email = `${newId()}@example.org`;
    const sent = async (more: object = {}): Promise<number> => {
      expect(await submit(email, more)).toMatchObject({ status: 202 });
      return (await mails()).length;
    };
    for (let n = 0; n < 3; n++) {
      expect(await sent()).toBe(1);
      clock.advance(660_000);
    }
    clock.advance(DAY);
    expect([await sent(), await sent({ topics: [] })]).toEqual([1, 1]);
  });

  it('forgets what nobody confirmed, with its key, and then the link leads nowhere', async () => {
    await submit(`${newId()}@example.org`);
    const path = await link();
    const forged = path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const wrong of [forged, '/sign-up/confirmations/x']) {
      expect(await call('POST', wrong)).toMatchObject({ status: 404 });
      expect(await call('GET', wrong)).toMatchObject({ status: 404 });
    }
    clock.advance(7 * DAY + 1_000);
    expect(await call('POST', path)).toMatchObject({ status: 404 });
    const pending = app.get(PendingSignUps, { strict: false });
    await pending.sweep(clock.now());
    const left = await scratch.database.query('SELECT 1 FROM vault.pending_sign_ups WHERE form_id = $1', [formId]);
    expect(left).toEqual([]);
    clock.advance(3 * DAY);
    await pending.sweep(clock.now());
    await app.get(EmailOutbox, { strict: false }).sweep(clock.now());
    const destroyed =
      "SELECT 1 FROM vault.subject_keys WHERE destroyed_at IS NOT NULL AND created_at > now() - interval '1 hour'";
    // Of submissions and of messages, at least.
    expect((await scratch.database.query(destroyed)).length).toBeGreaterThanOrEqual(2);
  });

  it('keeps to the form: what it asks for, the text that it shows, whether it is open', async () => {
    const refused = async (more: object, headers: Record<string, string> = {}) => {
      const { status, text } = await submit(`${newId()}@example.org`, more, headers);
      const { type, errors = [] } = JSON.parse(text) as { type: string; errors?: { pointer: string }[] };
      return [status, type.split(':').at(-1), ...errors.map(({ pointer }) => pointer)];
    };
    expect(await refused({ email: 'nobody' })).toEqual([400, 'invalid-request', '/email']);
    expect(await refused({ email: 'a@b.example,c@d.example' })).toEqual([400, 'invalid-request', '/email']);
    expect(await refused({ topics: ['cooking'] })).toEqual([400, 'invalid-request', '/topics/0']);
    expect(await refused({ consents: [] })).toEqual([400, 'invalid-request', '/consents']);
    const calls = [{ purpose: 'newsletter', channel: 'phone' }];
    expect(await refused({ consents: calls })).toEqual([400, 'invalid-request', '/consents/0']);
    expect(await refused({ ticket: 'x' })).toEqual([400, 'invalid-request', '/ticket']);
    expect(await refused({ textVersion: '0' })).toEqual([409, 'consent-text-changed', '/textVersion']);
    expect(await refused({}, { origin: 'https://evil.example' })).toEqual([403, 'origin-not-allowed']);
    expect(await refused({ name: 'x'.repeat(40_000) })).toEqual([413, 'body-too-large']);
    const early = await ticket();
    clock.advance(DAY);
    expect(await refused({ ticket: early })).toEqual([409, 'ticket-expired']);
    clock.advance(-3_000);
    const { text } = await call('GET', `/v1/sign-up-forms/${formId}`);
    const fast = (JSON.parse(text) as { ticket: string }).ticket;
    clock.advance(-2_000);
    expect(await refused({ ticket: fast })).toEqual([422, 'filled-in-too-fast']);
    // A program that fills in everything is told nothing.
    expect(await submit(`${newId()}@example.org`, { website: 'https://spam.example' })).toMatchObject({ status: 202 });
    expect(await mails()).toEqual([]);

    // What was submitted while it was open can still be confirmed.
    expect(await submit(`${newId()}@example.org`)).toMatchObject({ status: 202 });
    const path = await link();
    await change({ open: false });
    expect(await refused({})).toEqual([409, 'form-closed']);
    expect(await call('GET', `/sign-up/${formId}`)).toMatchObject({ status: 409 });
    expect(await call('POST', path)).toMatchObject({ status: 200 });
  });

  it('lets pages of the form’s origins read and submit it, and no other', async () => {
    const preflight = (origin: string, method = 'POST') =>
      call('OPTIONS', `/v1/sign-up-forms/${formId}/submissions`, undefined, {
        origin,
        'access-control-request-method': method,
      });
    const allowed = ({ headers }: { headers: Headers }) => headers.get('access-control-allow-origin');
    const asked = await preflight(ORIGIN);
    expect([asked.status, allowed(asked), asked.headers.get('vary')]).toEqual([204, ORIGIN, 'origin']);
    expect(asked.headers.get('access-control-allow-methods')).toBe('POST');
    expect(allowed(await preflight('https://evil.example'))).toBeNull();
    const headers = { origin: ORIGIN };
    expect(allowed(await submit(`${newId()}@example.org`, {}, headers))).toBe(ORIGIN);
    // What's wrong can be read by the page, too.
    expect(allowed(await submit('nobody', {}, headers))).toBe(ORIGIN);
    expect(allowed(await call('GET', `/v1/sign-up-forms/${formId}`, undefined, headers))).toBe(ORIGIN);
    await mails();
  });

  it('works by the page alone, without a script, and says beside the fields what is wrong', async () => {
    const page = await call('GET', `/sign-up/${formId}`);
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(page.text).toContain('<html lang="de">');
    expect(page.text).not.toContain('<script');
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? '';
    const fields = new URLSearchParams({ textVersion: hidden('textVersion'), ticket: hidden('ticket'), website: '' });
    fields.set('email', '"><script>');
    const wrong = await call('POST', `/sign-up/${formId}`, fields);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="&quot;&gt;&lt;script&gt;" aria-invalid="true"');
    expect(wrong.text).toContain('id="consents-wrong"');
    expect(await call('POST', `/sign-up/${formId}`, new URLSearchParams('email=%00&ticket=%ff'))).toMatchObject({
      status: 422,
    });

    const email = `${newId()}@example.org`;
    fields.set('email', email);
    fields.append('consent', 'newsletter/email');
    expect(await call('POST', `/sign-up/${formId}`, fields)).toMatchObject({ status: 422 });
    clock.advance(3_000);
    await change({ redirectUrl: 'https://careers.example/thanks' });
    const sent = await call('POST', `/sign-up/${formId}`, fields);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `/sign-up/${formId}/sent`]);
    expect(await call('GET', `/sign-up/${formId}/sent`)).toMatchObject({ status: 200 });
    const path = await link();
    expect((await call('GET', path)).headers.get('content-security-policy')).toContain(
      "form-action 'self' https://careers.example;",
    );
    const done = await call('POST', path, new URLSearchParams());
    expect([done.status, done.headers.get('location')]).toEqual([303, 'https://careers.example/thanks']);
    for (const id of [newId(), 'x', 'confirmations'])
      expect(await call('GET', `/sign-up/${id}`)).toMatchObject({ status: 404 });
  });

  it('takes from the page what our own pages and those of the form’s origins send, and no other', async () => {
    const send = async (headers: Readonly<Record<string, string>>) => {
      const { email, textVersion, ticket: issued } = await entered(`${newId()}@example.org`);
      const fields = { email, textVersion, ticket: issued, consent: 'newsletter/email', website: '' };
      return call('POST', `/sign-up/${formId}`, new URLSearchParams(fields), headers);
    };
    const ours = { origin: settings.publicUrl ?? '' };
    const hidden = { origin: 'null', 'sec-fetch-site': 'same-origin' };
    const allowed: Readonly<Record<string, string>>[] = [{}, ours, { origin: ORIGIN }, hidden];
    for (const headers of allowed) expect(await send(headers)).toMatchObject({ status: 303 });
    expect(await mails()).toHaveLength(4);
    for (const origin of ['https://evil.example', 'null']) {
      const shown = await send({ origin, 'sec-fetch-site': 'cross-site' });
      expect(shown.status).toBe(403);
      // The form itself, with nothing filled in: it can be sent from here.
      expect(shown.text).toContain('name="ticket"');
      expect(shown.text).not.toContain('@example.org');
    }
    expect(await mails()).toEqual([]);
  });

  it('leads whoever confirmed to an address of any script', async () => {
    await change({ redirectUrl: 'https://求人.example/für-alle?wo=Köln' });
    expect(await submit(`${newId()}@example.org`)).toMatchObject({ status: 202 });
    const done = await call('POST', await link());
    expect([done.status, done.headers.get('location')]).toEqual([
      303,
      'https://xn--gmqu33e.example/f%C3%BCr-alle?wo=K%C3%B6ln',
    ]);
  });
});
