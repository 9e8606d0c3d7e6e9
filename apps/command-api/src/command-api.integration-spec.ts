import { ensureFirstKeys, type FirstKeys } from '#libs/access';
import { createDatabase, loadOrCreateSecrets } from '#libs/embedded';
import { EventCodec, EventLog, type RawEvent } from '#libs/event-store';
import { newId, START } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { Database, migrate } from '#libs/read-store';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpCall } from '../../../test/support/http-call.js';
import { createCommandApi } from './create-command-api.js';

interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly text: string;
  readonly body: { readonly id: string; readonly revision: number; readonly position: string; readonly type?: string };
}

/** On a busy machine. */
const SERVERS_MILLISECONDS = 30_000;

describe('the command API on its servers', () => {
  const logged: string[] = [];
  let secretsDir: string;
  /** Two, as two processes would be, with a cache each. */
  let apis: NestFastifyApplication[] = [];
  let keys: FirstKeys;
  let log: EventLog;
  let database: Database;

  beforeAll(async () => {
    const server = process.env['DATABASE_URL'] ?? '';
    const eventStoreUrl = process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '';
    const databaseUrl = await createDatabase(server, `command_api_${newId().slice(0, 8)}`);
    await migrate(databaseUrl);
    secretsDir = await mkdtemp(join(tmpdir(), 'command-api-'));
    loadOrCreateSecrets(secretsDir);
    const logger = createLogger({
      service: 'test',
      level: 'debug',
      destination: { write: (line) => void logged.push(line) },
    });
    const options = { databaseUrl, eventStoreUrl, secretsDir, logger };
    apis = [await createCommandApi(options), await createCommandApi(options)];
    for (const api of apis) await api.listen(0, '127.0.0.1');
    const [api] = apis;
    if (!api) throw new Error('No API.');
    log = api.get(EventLog, { strict: false });
    database = api.get(Database, { strict: false });
    const made = await ensureFirstKeys(database, secretsDir);
    if (!made) throw new Error('The database was not new.');
    keys = made;
  }, SERVERS_MILLISECONDS);
  afterAll(async () => {
    for (const api of apis) await api.close();
    await rm(secretsDir, { recursive: true, force: true });
  }, SERVERS_MILLISECONDS);

  const send = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
    api = 0,
  ): Promise<Answer> => {
    const answer = await httpCall((await apis[api]?.getUrl()) ?? '', method, path, {
      headers: { authorization: `Bearer ${keys.service}`, 'content-type': 'application/json', ...headers },
      body,
    });
    const isJson = answer.headers.get('content-type')?.includes('json') && !path.endsWith('bulk');
    const parsed = (isJson ? JSON.parse(answer.text) : {}) as Answer['body'];
    return { status: answer.status, etag: answer.headers.get('etag'), text: answer.text, body: parsed };
  };

  const eventsOf = async (stream: string): Promise<RawEvent[]> => {
    const events: RawEvent[] = [];
    for await (const event of log.readStream(stream)) events.push(event);
    return events;
  };
  const addCandidate = async (): Promise<string> =>
    (await send('POST', '/v1/candidates', { name: { full: 'Ada' } })).body.id;
  const indexed = async (): Promise<number> => {
    const [row] = await database.query<{ count: string }>('SELECT count(*) FROM vault.contact_index');
    return Number(row?.count);
  };
  /** Events that this spec's keys caused: other suites write to the same log meanwhile. */
  const written = async (): Promise<number> => {
    const callers = new Set(Object.values(keys).map((key) => key.split('_')[1]));
    return new Promise((resolve, reject) => {
      let count = 0;
      const subscription = log.subscribe({
        after: START,
        onItem: (item) => {
          if (item.kind === 'event') {
            const { actor } = item.event.metadata as { actor?: { id: string } };
            if (callers.has(actor?.id ?? '')) count++;
          } else if (item.kind === 'caught-up') {
            void subscription.close();
            resolve(count);
          }
        },
        onEnd: (error) => reject(error ?? new Error('The subscription ended.')),
      });
    });
  };
  const stored = async (): Promise<{ written: number; indexed: number }> => ({
    written: await written(),
    indexed: await indexed(),
  });

  it('merges two candidates, in one place, and sends changes of the merged one to the survivor', async () => {
    const [ada, twin] = [await addCandidate(), await addCandidate()];
    const merge = { otherId: twin, reason: 'review' };
    const idempotency = new Map([ada, twin].map((id) => [id, { 'idempotency-key': newId() }]));
    const retitled = (id: string, api = 0) =>
      send('PATCH', `/v1/candidates/${id}`, { title: 'Before' }, idempotency.get(id), api);
    const before = new Map([
      [ada, await retitled(ada)],
      [twin, await retitled(twin)],
    ]);
    const attempts = await Promise.all([
      send('POST', `/v1/candidates/${ada}/merges`, merge),
      send('POST', `/v1/candidates/${twin}/merges`, { ...merge, otherId: ada }, {}, 1),
    ]);
    expect(attempts.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const merged = attempts.find(({ status }) => status === 201);
    const [survivor, away] = attempts[0]?.status === 201 ? [ada, twin] : [twin, ada];
    // What was accepted before the merge is answered as it was.
    expect(before.get(away)).toMatchObject({ status: 200 });
    expect(await retitled(away, 1)).toEqual(before.get(away));
    const changes = [
      () => send('PATCH', `/v1/candidates/${away}`, { title: 'T' }),
      () => send('POST', `/v1/candidates/${away}/tags`, { add: ['a'] }, {}, 1),
      () => send('PUT', `/v1/candidates/${away}/owner`, { owner: 'u' }),
    ];
    for (const change of changes) {
      const { status, body, text } = await change();
      expect({ status, type: body.type }).toEqual({ status: 409, type: 'urn:rapport:problem:candidate-merged' });
      expect(text).toContain(survivor);
    }
    // What happened, and what somebody said about being contacted, is recorded for whom it was told of.
    const note = { type: 'note.added', data: { text: 'Called.' } };
    expect((await send('POST', `/v1/candidates/${away}/interactions`, note)).status).toBe(201);
    expect(
      (await send('PUT', `/v1/candidates/${away}/do-not-contact`, { doNotContact: true, reason: 'asked' })).status,
    ).toBe(200);
    expect((await send('PATCH', `/v1/candidates/${survivor}`, { title: 'T' }, {}, 1)).status).toBe(200);

    const undo = () => send('DELETE', `/v1/merges/${merged?.body.id}`, {});
    const [first, again] = [await undo(), await undo()];
    expect([first.status, again.status, again.body.revision >= first.body.revision]).toEqual([200, 200, true]);
    for (const change of changes) expect((await change()).status).toBe(200);
    const told = await send('POST', `/v1/candidates/${ada}/not-duplicates`, { otherId: twin, bits: 3 });
    expect(told.status).toBe(200);
    expect((await send('POST', `/v1/candidates/${ada}/merges`, { ...merge, otherId: newId() })).status).toBe(404);
    expect((await send('DELETE', `/v1/merges/${newId()}`, {})).status).toBe(404);
  });

  it('makes nobody findable by an address of a change that is refused, whichever process refuses it', async () => {
    const having = (email: string) => ({
      name: { full: 'Ada' },
      contactPoints: [{ kind: 'email', value: `${email}@example.org` }],
    });
    const key = { 'idempotency-key': newId() };
    const ada = (await send('POST', '/v1/candidates', having('ada'), key)).body.id;
    const before = await indexed();
    const refusals: number[] = [];
    const isRefused = async (answer: Promise<Answer>) => refusals.push((await answer).status);

    // 1. The key of another request. The second process reads that it came before, the first knows.
    for (const api of [1, 0]) await isRefused(send('POST', '/v1/candidates', having('carol'), key, api));
    // 2. A revision that has gone. What the second process last knew of is the one that's named.
    const path = `/v1/candidates/${ada}`;
    const known = await send('PATCH', path, { title: 'Engineer' }, {}, 1);
    const stale = { 'if-match': known.etag ?? '' };
    expect((await send('PATCH', path, { title: 'Baker' })).status).toBe(200);
    for (const api of [1, 0]) await isRefused(send('PATCH', path, having('carol'), stale, api));
    // 3. Somebody who goes by another id.
    const twin = await addCandidate();
    await send('POST', `/v1/candidates/${ada}/merges`, { otherId: twin, reason: 'review' });
    await isRefused(send('PATCH', `/v1/candidates/${twin}`, having('carol')));
    expect(refusals).toEqual([422, 422, 412, 412, 409]);
    expect(await indexed()).toBe(before);

    expect((await send('PATCH', path, having('carol'), {}, 1)).status).toBe(200);
    expect(await indexed()).toBe(before + 1);
  });

  it('lets somebody with several ids be contacted again under all of them, whichever is named', async () => {
    const [ada, twin] = [await addCandidate(), await addCandidate()];
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const put = (id: string, what: string, body: object, headers = {}, api = 0) =>
      send('PUT', `/v1/candidates/${id}/${what}`, body, headers, api);
    const isBlocked = async () => {
      await put(twin, 'do-not-contact', { doNotContact: true, reason: 'asked' });
      await put(twin, 'snooze', { until });
    };
    await isBlocked();
    await send('POST', `/v1/candidates/${ada}/merges`, { otherId: twin, reason: 'review' });
    const endings = async () =>
      (await eventsOf(`candidate-${twin}`)).map(({ type }) => type).filter((type) => /lifted|ended/.test(type));

    const key = { 'idempotency-key': newId() };
    const lift = (headers: object, api = 0) => put(ada, 'do-not-contact', { doNotContact: false }, headers, api);
    expect((await lift({ ...key, 'if-match': '"1"' })).status).toBe(412);
    const lifted = await lift({ ...key, 'if-match': '"0"' });
    expect(lifted).toMatchObject({ status: 200, etag: '"0"', body: { id: ada, revision: 0 } });
    expect((await put(ada, 'snooze', { until: null })).status).toBe(200);
    expect(await endings()).toEqual(['candidate.do-not-contact-lifted', 'candidate.snooze-ended']);

    // It isn't lifted again by the request of before, but by another one, which names the other id.
    await isBlocked();
    expect((await lift(key, 1)).body.revision).toBe(0);
    expect(await endings()).toHaveLength(2);
    await put(ada, 'do-not-contact', { doNotContact: true, reason: 'asked' });
    expect((await put(twin, 'do-not-contact', { doNotContact: false }, key, 1)).status).toBe(200);
    expect((await eventsOf(`candidate-${ada}`)).at(-1)?.type).toBe('candidate.do-not-contact-lifted');
    expect(await endings()).toHaveLength(3);
  });

  it('merges once, however often the request with its key is sent', async () => {
    const [ada, twin] = [await addCandidate(), await addCandidate()];
    const headers = { 'idempotency-key': newId() };
    const send2 = (api: number) =>
      send('POST', `/v1/candidates/${ada}/merges`, { otherId: twin, reason: 'other' }, headers, api);
    const [first, again] = [await send2(0), await send2(1)];
    expect(first.status).toBe(201);
    expect(again).toEqual(first);
  });

  it('keeps who is in a pool apart from the pool, and tells two processes the same', async () => {
    const opened = await send('POST', '/v1/pools', { name: 'Austin', kind: 'static', stages: ['new', 'met'] });
    const pool = opened.body.id;
    expect([opened.status, opened.etag]).toEqual([201, '"0"']);
    const [ada, eve] = [await addCandidate(), await addCandidate()];
    const members = `/v1/pools/${pool}/members`;
    const added = await send('POST', members, { candidateId: ada, note: 'Met at the fair.' });
    expect([added.status, added.etag]).toEqual([201, '"0"']);
    expect((await send('POST', members, { candidateId: ada }, {}, 1)).body.revision).toBe(0);
    expect((await send('PUT', `${members}/${eve}/stage`, { stage: 'met' })).body.type).toMatch(/not-a-member$/);
    expect((await send('PUT', `${members}/${ada}/stage`, { stage: 'hired' })).status).toBe(422);
    expect((await send('PUT', `${members}/${ada}/stage`, { stage: 'met' }, { 'if-match': '"7"' })).status).toBe(412);
    expect((await send('PUT', `${members}/${ada}/stage`, { stage: 'met' }, { 'if-match': '"0"' }, 1)).status).toBe(200);
    const lines = [ada, eve, newId()].map((candidateId) => `${JSON.stringify({ candidateId })}\n`).join('');
    const bulk = await send('POST', `${members}/bulk`, lines, { 'content-type': 'application/x-ndjson' });
    const statuses = bulk.text.trim().split('\n');
    expect(statuses.map((line) => (JSON.parse(line) as { status: number }).status)).toEqual([201, 201, 404]);

    expect((await send('POST', `/v1/pools/${pool}/closure`, { reason: 'position-filled' }, {}, 1)).status).toBe(200);
    expect((await send('POST', members, { candidateId: ada })).body.type).toMatch(/pool-closed$/);
    expect((await send('DELETE', `${members}/${ada}?reason=not-interested`, {})).body.revision).toBe(2);

    expect((await eventsOf(`pool-${pool}`)).map(({ type }) => type)).toEqual(['pool.opened', 'pool.closed']);
    const membership = await eventsOf(`membership-${added.body.id}`);
    expect(membership.map(({ type }) => type)).toEqual(['membership.began', 'membership.moved', 'membership.ended']);
    expect(JSON.stringify(membership.map(({ data, metadata }) => [data, metadata]))).not.toContain('fair');
  });

  it('moves and takes out somebody with several ids under whichever they are in a pool', async () => {
    const pool = (await send('POST', '/v1/pools', { name: 'Looms', kind: 'static', stages: ['new', 'met'] })).body.id;
    const [ada, twin, third] = [await addCandidate(), await addCandidate(), await addCandidate()];
    const members = `/v1/pools/${pool}/members`;
    const ids: string[] = [];
    for (const candidateId of [twin, third]) ids.push((await send('POST', members, { candidateId })).body.id);
    for (const otherId of [twin, third])
      expect((await send('POST', `/v1/candidates/${ada}/merges`, { otherId, reason: 'review' })).status).toBe(201);
    const typesOf = async () =>
      Promise.all(ids.map(async (id) => (await eventsOf(`membership-${id}`)).map(({ type }) => type.split('.')[1])));

    const key = { 'idempotency-key': newId() };
    const moved = await send('PUT', `${members}/${ada}/stage`, { stage: 'met' }, key);
    expect(moved).toMatchObject({ status: 200, body: { id: ids[0], revision: 1 } });
    expect(await send('PUT', `${members}/${ada}/stage`, { stage: 'met' }, key, 1)).toEqual(moved);
    expect(await typesOf()).toEqual([
      ['began', 'moved'],
      ['began', 'moved'],
    ]);
    const stale = await send('DELETE', `${members}/${twin}`, {}, { 'if-match': '"0"' });
    expect([stale.status, (await typesOf()).flat().length]).toEqual([412, 4]);
    expect((await send('DELETE', `${members}/${twin}`, {}, { 'if-match': '"1"' }, 1)).status).toBe(200);
    expect(await typesOf()).toEqual([
      ['began', 'moved', 'ended'],
      ['began', 'moved', 'ended'],
    ]);
    expect((await send('PUT', `${members}/${ada}/stage`, { stage: 'new' })).body.type).toMatch(/not-a-member$/);
  });

  it('defines a segment by criteria that make sense, and puts nobody in it by hand', async () => {
    const segment = (criteria: unknown) => send('POST', '/v1/pools', { name: 'Austin', kind: 'segment', criteria });
    const wrong = await segment({
      and: [
        { attribute: 'city', is: ['Austin'] },
        { title: 'engineer', level: 'Ada' },
      ],
    });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('"/criteria/and/1"')]);
    expect(wrong.text).not.toContain('level');
    const mistyped = await segment({ not: { happened: { kinds: ['email.open'] } } });
    expect([mistyped.status, mistyped.text]).toEqual([
      400,
      expect.stringContaining('"/criteria/not/happened/kinds/0"'),
    ]);
    const opened = await segment({ attribute: 'city', is: ['Austin'] });
    expect(opened.status).toBe(201);
    const candidateId = await addCandidate();
    const added = await send('POST', `/v1/pools/${opened.body.id}/members`, { candidateId });
    expect([added.status, added.body.type]).toEqual([409, 'urn:rapport:problem:segment-computed']);
  });

  it('records consent for each purpose and channel, again whenever it is given again, and refuses what makes no sense', async () => {
    const id = await addCandidate();
    const consent = {
      purposes: ['newsletter', 'job-alerts'],
      channels: ['email'],
      basis: 'consent',
      evidence: { kind: 'form', note: 'Signed at the booth of Zebulon.' },
      expiresAt: '2030-01-01T00:00:00+02:00',
    };
    const key = { 'idempotency-key': newId() };
    const give = (headers = {}) => send('POST', `/v1/candidates/${id}/consents`, consent, headers);
    expect(await give(key)).toMatchObject({ status: 200, etag: '"2"' });
    expect(await give(key)).toMatchObject({ status: 200, etag: '"2"' });
    const events = await eventsOf(`candidate-${id}`);
    expect(events.map(({ type }) => type).slice(1)).toEqual(['candidate.consent-given', 'candidate.consent-given']);
    expect(events[1]?.data).toMatchObject({ purpose: 'newsletter', expiresAt: '2029-12-31T22:00:00.000Z' });
    expect(JSON.stringify(events[1]?.data)).not.toContain('Zebulon');

    const refusals = [
      ['POST', 'consents', { ...consent, channels: ['pigeon'] }],
      ['POST', 'consents', { ...consent, evidence: undefined }],
      ['POST', 'consents/withdrawals', {}],
      ['PUT', 'do-not-contact', { doNotContact: true }],
      ['PUT', 'snooze', { until: '2001-01-01T00:00:00Z' }],
      ['PUT', 'availability', { status: 'open', from: 'soon' }],
      ['PUT', 'languages', { languages: [{ code: 'English' }] }],
      ['PUT', 'languages', { languages: [{ code: 'en' }, { code: 'en', level: 'C1' }] }],
    ] as const;
    for (const [method, path, body] of refusals) {
      const { status } = await send(method, `/v1/candidates/${id}/${path}`, body);
      expect([path, status]).toEqual([path, path === 'snooze' ? 422 : 400]);
    }
    expect(await eventsOf(`candidate-${id}`)).toHaveLength(3);
    expect(await give()).toMatchObject({ status: 200, etag: '"4"' });
    const withdrawal = { purpose: 'newsletter', way: 'reply' };
    const withdraw = () => send('POST', `/v1/candidates/${id}/consents/withdrawals`, withdrawal);
    expect(await withdraw()).toMatchObject({ status: 200, etag: '"5"' });
    expect(await withdraw()).toMatchObject({ status: 200, etag: '"6"' });
    expect(await send('PUT', `/v1/candidates/${newId()}/snooze`, { until: null })).toMatchObject({ status: 404 });
  });

  it('hands a relationship over, with a reason that only the keys open', async () => {
    const id = await addCandidate();
    const owner = { owner: 'emea', kind: 'team', reason: 'Ada moved in with Zebulon.' };
    expect(await send('PUT', `/v1/candidates/${id}/owner`, owner)).toMatchObject({ status: 200, etag: '"1"' });
    expect(await send('PUT', `/v1/candidates/${id}/owner`, owner)).toMatchObject({ status: 200, etag: '"1"' });
    const [, event] = await eventsOf(`candidate-${id}`);
    expect(event).toMatchObject({ type: 'candidate.owner-assigned', data: { owner: 'emea', kind: 'team' } });
    expect(JSON.stringify(event?.data)).not.toContain('Zebulon');
    const robot = { owner: 'emea', kind: 'robot' };
    expect(await send('PUT', `/v1/candidates/${id}/owner`, robot)).toMatchObject({ status: 400 });
  });

  it('keeps where somebody worked and learned: what in the clear, what was said of it sealed', async () => {
    const id = await addCandidate();
    const position = { employer: 'Looms Ltd', title: 'Weaver', from: '2019-04', description: 'Wove with Zebulon.' };
    const work = { positions: [position] };
    expect(await send('PUT', `/v1/candidates/${id}/work-history`, work)).toMatchObject({ status: 200, etag: '"1"' });
    expect(await send('PUT', `/v1/candidates/${id}/work-history`, work)).toMatchObject({ status: 200, etag: '"1"' });
    const [, event] = await eventsOf(`candidate-${id}`);
    expect(JSON.stringify(event?.data)).toContain('Looms Ltd');
    expect(JSON.stringify(event?.data)).not.toContain('Zebulon');

    const ended = { positions: [position, { ...position, until: '2018' }] };
    const refused = await send('PUT', `/v1/candidates/${id}/work-history`, ended);
    expect(refused).toMatchObject({ status: 422, body: { type: 'urn:rapport:problem:ends-before-it-begins' } });
    expect(refused.text).toContain('/positions/1/until');
    const studies = { education: [{ institution: 'Night school', from: 'long ago' }] };
    expect(await send('PUT', `/v1/candidates/${id}/education`, studies)).toMatchObject({ status: 400 });
    expect(await eventsOf(`candidate-${id}`)).toHaveLength(2);
  });

  it('keeps notes under ids of their own, and where documents lie, all sealed', async () => {
    const id = await addCandidate();
    const note = { text: 'Lunch with Zebulon.', mentions: [{ kind: 'person', id: 'user-17' }] };
    const key = { 'idempotency-key': `note-${id}` };
    const answer = await send('POST', `/v1/candidates/${id}/notes`, note, key);
    expect(answer).toMatchObject({ status: 201, etag: '"1"' });
    expect((await send('POST', `/v1/candidates/${id}/notes`, note, key)).body).toEqual(answer.body);
    const path = `/v1/candidates/${id}/notes/${answer.body.id}`;
    expect(await send('PUT', path, { text: 'Dinner with Zebulon.' })).toMatchObject({ status: 200, etag: '"2"' });
    expect(await send('DELETE', path, {})).toMatchObject({ status: 200, etag: '"3"' });
    expect(await send('DELETE', path, {})).toMatchObject({ status: 404 });
    const resume = { kind: 'resume', reference: 'https://files.example/Zebulon', name: 'Zebulon.pdf', size: 12 };
    const attachment = { ...resume, mediaType: 'application/pdf', sha256: 'a0'.repeat(32) };
    const attachments = `/v1/candidates/${id}/attachments`;
    expect(await send('PUT', attachments, { attachments: [attachment] })).toMatchObject({ status: 200, etag: '"4"' });
    for (const wrong of [{ mediaType: 'pdf' }, { sha256: 'A0'.repeat(32) }, { size: -1 }]) {
      const body = { attachments: [{ ...attachment, ...wrong }] };
      expect(await send('PUT', attachments, body)).toMatchObject({ status: 400 });
    }
    const events = await eventsOf(`candidate-${id}`);
    expect(events.slice(1).map(({ type }) => type)).toEqual([
      'candidate.note-written',
      'candidate.note-edited',
      'candidate.note-removed',
      'candidate.attachments-changed',
    ]);
    const kept = JSON.stringify(events.map(({ data }) => data));
    expect(kept).toContain('user-17');
    expect(kept).not.toContain('Zebulon');
    expect(kept).not.toContain(attachment.sha256);
  });

  it('marks silver medallists, and unmarks them', async () => {
    const id = await addCandidate();
    const mark = { silverMedallist: true, role: 'Engineer', requisitionId: 'req-1', note: 'As good as Zebulon.' };
    const path = `/v1/candidates/${id}/silver-medallist`;
    expect(await send('PUT', path, mark)).toMatchObject({ status: 200, etag: '"1"' });
    // Each time: it may have been taken away since, under an id that they were merged with.
    expect(await send('PUT', path, mark)).toMatchObject({ status: 200, etag: '"2"' });
    expect(await send('PUT', path, { silverMedallist: false })).toMatchObject({ status: 200, etag: '"3"' });
    expect(await send('PUT', path, { silverMedallist: 'yes' })).toMatchObject({ status: 400 });
    const [, event] = await eventsOf(`candidate-${id}`);
    expect(event).toMatchObject({ type: 'candidate.silver-medallist-marked', data: { requisitionId: 'req-1' } });
    expect(JSON.stringify(event?.data)).not.toContain('Zebulon');
  });

  it('stores a candidate whose personal data only the keys open', async () => {
    const answer = await send('POST', '/v1/candidates', {
      name: { full: 'Zebulon Quartermain' },
      contactPoints: [{ kind: 'email', value: 'Zeb.Q@Example.com' }],
      title: 'Engineer',
    });
    expect(answer).toMatchObject({ status: 201, etag: '"0"', body: { revision: 0 } });
    const [event, ...more] = await eventsOf(`candidate-${answer.body.id}`);
    expect(more).toEqual([]);
    expect(JSON.stringify(event?.data)).not.toMatch(/Zebulon|zeb\.q/i);
    const [decoded] = await (apis[1]?.get(EventCodec, { strict: false }).decodeMany(event ? [event] : []) ?? []);
    expect(decoded).toMatchObject({
      ok: true,
      event: {
        type: 'candidate.added',
        data: { name: { full: 'Zebulon Quartermain' }, contactPoints: [{ value: 'zeb.q@example.com' }] },
        source: 'api',
        actor: { kind: 'service' },
      },
    });
    expect(logged.join('')).not.toMatch(/Zebulon|zeb\.q/i);
  });

  it('does the same request once: at once, twice in a row, and through another process', async () => {
    const headers = { 'idempotency-key': newId() };
    const body = { name: { full: 'Ada' }, title: 'Engineer' };
    const answers = await Promise.all([0, 1, 0, 1].map((api) => send('POST', '/v1/candidates', body, headers, api)));
    answers.push(await send('POST', '/v1/candidates', body, headers, 1));
    for (const { status, body: answer } of answers)
      expect({ status, answer }).toEqual({ status: 201, answer: answers[0]?.body });
    expect(await eventsOf(`candidate-${answers[0]?.body.id}`)).toHaveLength(1);

    const other = await send('POST', '/v1/candidates', { name: { full: 'Eve' } }, headers, 1);
    expect(other).toMatchObject({ status: 422, body: { type: 'urn:rapport:problem:idempotency-key-reused' } });
  });

  it('gives a later command its first answer again, also when others came between', async () => {
    const id = await addCandidate();
    const headers = { 'idempotency-key': newId() };
    const first = await send('PATCH', `/v1/candidates/${id}`, { title: 'A' }, headers);
    await send('PATCH', `/v1/candidates/${id}`, { title: 'B' });
    const again = await send('PATCH', `/v1/candidates/${id}`, { title: 'A' }, headers, 1);
    expect(again).toEqual(first);
    expect(await eventsOf(`candidate-${id}`)).toHaveLength(3);
  });

  it('lets one of two edits win that were made on the same revision', async () => {
    const id = await addCandidate();
    const edits = [0, 1].map((api) =>
      send('PATCH', `/v1/candidates/${id}`, { title: `T${api}` }, { 'if-match': '"0"' }, api),
    );
    const statuses = (await Promise.all(edits)).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 412]);

    const free = [0, 1].map((api) => send('PATCH', `/v1/candidates/${id}`, { title: `U${api}` }, {}, api));
    expect((await Promise.all(free)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await eventsOf(`candidate-${id}`)).toHaveLength(4);
  });

  it('records a provider`s event once, and never disturbs an edit with it', async () => {
    const id = await addCandidate();
    const opened = { type: 'email.opened', data: { messageId: 'm' }, provider: 'sendgrid', providerEventId: newId() };
    const answers = await Promise.all(
      [0, 1, 0].map((api) => send('POST', `/v1/candidates/${id}/interactions`, opened, {}, api)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await eventsOf(`engagement-${id}`)).toHaveLength(1);
    expect(await send('PATCH', `/v1/candidates/${id}`, { title: 'T' }, { 'if-match': '"0"' })).toMatchObject({
      status: 200,
    });
  });

  it('finds the candidate by an address', async () => {
    const email = `${newId()}@example.com`;
    const { body } = await send('POST', '/v1/candidates', { contactPoints: [{ kind: 'email', value: email }] });
    const answer = await send(
      'POST',
      '/v1/interactions',
      {
        type: 'email.replied',
        data: { sentiment: 'interested' },
        recipient: { kind: 'email', value: email.toUpperCase() },
      },
      {},
      1,
    );
    expect(answer).toMatchObject({ status: 201, body: { id: body.id, revision: 0 } });
  });

  it('takes an application through its stages', async () => {
    const candidateId = await addCandidate();
    const source = { kind: 'job-board', name: 'Board' };
    const { body } = await send('POST', '/v1/applications', { candidateId, role: 'Engineer', source });
    const moved = await send(
      'POST',
      `/v1/applications/${body.id}/stages`,
      { stage: 'interviewed', occurredAt: '2026-03-01' },
      {},
      1,
    );
    expect(moved).toMatchObject({ status: 201, etag: '"1"', body: { id: body.id, revision: 1 } });
    const late = await send('POST', `/v1/applications/${body.id}/stages`, { stage: 'screened' });
    expect(late).toMatchObject({ status: 201, body: { revision: 1 } });
    expect((await send('POST', `/v1/applications/${body.id}/stages`, { stage: 'rejected' })).status).toBe(201);
    expect(await send('POST', `/v1/applications/${body.id}/stages`, { stage: 'hired' })).toMatchObject({ status: 409 });
  });

  it(
    'answers bulk lines in their order, and the same again',
    async () => {
      const lines = Array.from({ length: 400 }, (_, i) =>
        i % 50 === 49
          ? '{"name":'
          : JSON.stringify({ name: { full: `P${i}` }, externalIds: [{ system: 's', id: newId() }] }),
      );
      const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': newId() };
      const bulk = async (api: number): Promise<{ line: number; status: number; id?: string }[]> =>
        (await send('POST', '/v1/candidates/bulk', `${lines.join('\n')}\n`, headers, api)).text
          .trim()
          .split('\n')
          .map((text) => JSON.parse(text) as { line: number; status: number; id?: string });
      const results = await bulk(0);
      expect(results.map(({ line }) => line)).toEqual(lines.map((_, i) => i + 1));
      expect(results.map(({ status }) => status)).toEqual(lines.map((_, i) => (i % 50 === 49 ? 400 : 201)));
      const before = await written();
      expect(await bulk(1)).toEqual(results);
      expect(await written()).toBe(before);
    },
    SERVERS_MILLISECONDS,
  );

  it('publishes fit models that know nothing protected, once, and retires them', async () => {
    const name = `role-${newId()}`;
    const model = {
      name,
      version: 1,
      title: 'Nurses',
      rules: [{ label: 'Title', points: 10, where: { title: 'nurse' } }],
      grades: { A: 10, B: 6, C: 3 },
    };
    const publish = (changes: object, api = 0): Promise<Answer> =>
      send('POST', '/v1/fit-models', { model: { ...model, ...changes } }, {}, api);
    const where = { and: [{ title: 'nurse' }, { attribute: 'birthDate', is: ['1990'] }] };
    const refused = await publish({ rules: [{ label: 'Young', points: 10, where }] });
    expect(refused.status).toBe(400);
    expect((refused.body as { errors?: object[] }).errors).toEqual([
      {
        pointer: '/model/rules/0/where/and/1/attribute',
        detail: 'is personal or protected: no model may know it',
      },
    ]);
    expect(await publish({})).toMatchObject({ status: 201, body: { id: `${name}.1` } });
    expect((await publish({}, 1)).status).toBe(201);
    expect(await publish({ title: 'Other nurses' }, 1)).toMatchObject({
      status: 409,
      body: { type: 'urn:rapport:problem:model-published' },
    });
    const published = (await eventsOf('fit-models')).filter(({ data }) => JSON.stringify(data).includes(name));
    expect(published).toHaveLength(1);
    const retire = (version: number): Promise<Answer> => send('POST', '/v1/fit-models/retirements', { name, version });
    expect((await retire(1)).status).toBe(200);
    expect(await retire(2)).toMatchObject({ status: 404, body: { type: 'urn:rapport:problem:model-unknown' } });
  });

  const nobody = newId();
  const someName = { name: { full: 'Xylander' } };
  it.each([
    ['malformed JSON', 'POST', '/v1/candidates', '{"name":', {}, 400],
    ['an unknown field', 'POST', '/v1/candidates', { ...someName, nick: 'X' }, {}, 400],
    ['a wrong type', 'POST', '/v1/candidates', { name: 'Xylander' }, {}, 400],
    ['too large a body', 'POST', '/v1/candidates', { ...someName, summary: 'x'.repeat(1_100_000) }, {}, 413],
    [
      'an impossible date',
      'POST',
      `/v1/candidates/${nobody}/interactions`,
      { type: 'note.added', data: { text: 'n' }, occurredAt: '2026-02-30T00:00:00Z' },
      {},
      400,
    ],
    ['an unknown candidate, changed', 'PATCH', `/v1/candidates/${nobody}`, { title: 'T' }, {}, 404],
    ['an unknown candidate, tagged', 'POST', `/v1/candidates/${nobody}/tags`, { add: ['a'] }, {}, 404],
    [
      'an unknown candidate, written about',
      'POST',
      `/v1/candidates/${nobody}/interactions`,
      { type: 'note.added', data: { text: 'n' } },
      {},
      404,
    ],
    [
      'an unknown address',
      'POST',
      '/v1/interactions',
      { type: 'email.delivered', data: {}, recipient: { kind: 'email', value: 'xylander@example.com' } },
      {},
      404,
    ],
    [
      'an unknown candidate, applying',
      'POST',
      '/v1/applications',
      { candidateId: nobody, role: 'R', source: { kind: 'other', name: 'S' } },
      {},
      404,
    ],
    ['an unknown application', 'POST', `/v1/applications/${nobody}/stages`, { stage: 'hired' }, {}, 404],
    ['no key', 'POST', '/v1/candidates', someName, { authorization: 'none' }, 401],
    ['a bad entity tag', 'PATCH', `/v1/candidates/${nobody}`, { title: 'T' }, { 'if-match': 'x' }, 400],
    ['an unknown address of the API', 'POST', '/v1/persons', someName, {}, 404],
  ])('refuses %s and stores nothing', async (_name, method, path, body, headers, status) => {
    const before = await stored();
    const answer = await send(method, path, body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.type).toMatch(/^urn:rapport:problem:/);
    expect(answer.text).not.toMatch(/Xylander|xylander|\s+at .*:\d+:\d+/);
    expect(await stored()).toEqual(before);
  });

  it('refuses what happens too far in the future, and a role that only reads', async () => {
    const id = await addCandidate();
    const before = await stored();
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const note = { type: 'note.added', data: { text: 'n' } };
    expect(await send('POST', `/v1/candidates/${id}/interactions`, { ...note, occurredAt: inAnHour })).toMatchObject({
      status: 422,
      body: { type: 'urn:rapport:problem:occurred-in-future' },
    });
    const analyst = { authorization: `Bearer ${keys.analyst}` };
    expect(await send('POST', `/v1/candidates/${id}/interactions`, note, analyst)).toMatchObject({ status: 403 });
    expect(await stored()).toEqual(before);
  });

  it('is ready while its servers answer', async () => {
    const response = await fetch(`${await apis[0]?.getUrl()}/health/ready`);
    expect(await response.json()).toEqual({ status: 'ready', checks: { postgresql: 'ok', 'event store': 'ok' } });
  });
});
