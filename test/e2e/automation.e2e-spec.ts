import { newId } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rapportMain, RapportProcess, temporaryHome } from './support/rapport-process.js';
import { until } from '../support/until.js';

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('Automation of a running instance', () => {
  const { home, remove } = temporaryHome();
  let rapport: RapportProcess;

  beforeAll(async () => {
    rapport = await RapportProcess.start(home, {
      RAPPORT_AUTOMATION_JUDGE_AFTER_SECONDS: '1',
      RAPPORT_SIGN_UP_LEAST_SECONDS: '0',
    });
  }, 90_000);
  afterAll(async () => {
    await rapport?.stop();
    remove();
  }, 60_000);

  it('has what a scanner of mail clicked shown as a machine`s, beside what a human clicked', async () => {
    const added = await rapport.command('POST', '/v1/candidates', { name: { full: 'Ada Lovelace' } });
    expect(added.status).toBe(201);
    const path = `/v1/candidates/${String(added.body['id'])}`;
    const click = async (messageId: string, link: string): Promise<void> => {
      const recorded = await rapport.command('POST', `${path}/interactions`, {
        type: 'email.clicked',
        occurredAt: '2026-03-01T09:00:43Z',
        data: { messageId, url: `https://example.org/${link}`, userAgent: browser, ip: '203.0.113.7' },
      });
      expect(recorded).toMatchObject({ status: 201 });
    };
    for (const link of ['a', 'b', 'c', 'd', 'unsubscribe']) await click('newsletter', link);
    await click('invitation', 'a');

    const shown = await until('all clicks to be judged', async () => {
      const { body } = await rapport.query('GET', `${path}/timeline?types=email.clicked`);
      const items = (body['items'] ?? []) as {
        details: { agent: string; messageId: string };
        verdict: { verdict: string; reasons: string[] } | null;
      }[];
      return items.length === 6 && items.every(({ verdict }) => verdict !== null) ? items : undefined;
    });
    // What was recorded stays as it was.
    expect(new Set(shown.map(({ details }) => details.agent))).toEqual(new Set(['human']));
    for (const { details, verdict } of shown) {
      expect(verdict?.verdict).toBe(details.messageId === 'newsletter' ? 'machine' : 'human');
      if (details.messageId === 'newsletter')
        expect(verdict?.reasons).toEqual(['many-links-at-once', 'many-clicks-at-once', 'unsubscribe-link-too']);
    }
  });

  /** The command line as a user of this instance runs it. */
  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } => runWith({}, ...args);
  const runWith = (settings: NodeJS.ProcessEnv, ...args: string[]) =>
    spawnSync(process.execPath, [rapportMain, ...args], {
      cwd: home,
      env: {
        ...process.env,
        RAPPORT_HOME: join(home, '.rapport'),
        DATABASE_URL: '',
        EVENTSTORE_URL: '',
        NODE_OPTIONS: '',
        ...settings,
      },
      encoding: 'utf8',
    });

  it('leaves nothing new to find for the command line, which judges the history again', () => {
    expect(run('classify', '--dry-run')).toMatchObject({
      status: 0,
      stdout: '1 people opened or clicked.\n0 verdicts would be new (--apply records them):\n',
    });
  });

  it('judges the history by lists of networks, whose verdicts stay where it is judged without them', () => {
    const list = join(home, 'data-centres.txt');
    const networks = { RAPPORT_DATA_CENTRE_NETWORKS: list };
    writeFileSync(list, '203.0.113.0/24\n198.51.100.7/24\n');
    expect(runWith(networks, 'classify')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`in ${list}, line 2 isn't where a network of /24 begins.`) as unknown,
    });
    writeFileSync(list, '203.0.113.0/24\n');
    expect(runWith(networks, 'classify', '--apply')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^1 people .*\nLists of networks: edition [0-9a-f]{12}\.\n1 verdicts recorded:\n {2}unknown +1\n {2}data-centre-address +1\n$/,
      ) as unknown,
    });
    expect(run('classify').stdout).toContain('0 verdicts would be new');
  });

  it('takes up by command what was set aside, and says what is left', async () => {
    const nothing = 'No process manager has set anything aside.\n';
    expect(run('reactions', 'list')).toMatchObject({ status: 0, stdout: nothing });
    expect(run('reactions', 'replay')).toMatchObject({ status: 0, stdout: nothing });
    expect(run('reactions', 'list', 'nobody')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/No process manager "nobody" ever ran. .*message-watch/) as unknown,
    });
    const database = new Database(rapport.instance.databaseUrl, { max: 1 });
    // An event that there isn't: whoever takes it up finds that out.
    await database.query(
      "INSERT INTO vault.parked_reactions (manager, input, stream_id, reason) VALUES ('message-watch', $1, $2, 'Error')",
      [newId(), `engagement-${newId()}`],
    );
    await database.close();
    expect(run('reactions', 'replay', 'message-watch')).toMatchObject({
      status: 2,
      stdout: '0 taken in, 1 left.\n',
    });
    expect(JSON.parse(run('reactions', 'list', '--json').stdout)).toMatchObject([
      { manager: 'message-watch', reason: 'unreadable: missing' },
    ]);
  });

  it('asks whoever signs up by email, and makes a candidate of them once they have confirmed', async () => {
    const form = {
      name: 'Spring fair',
      source: { kind: 'event', name: 'Spring fair 2026' },
      topics: ['weaving'],
      consents: [{ purpose: 'newsletter', channel: 'email' }],
      consentText: { version: '1', language: 'en', wording: 'You may write to me.' },
      privacyUrl: 'https://careers.example/privacy',
    };
    const defined = await rapport.command('POST', '/v1/sign-up-forms', form);
    const path = `/v1/sign-up-forms/${String(defined.body['id'])}`;
    const { ticket } = (await rapport.command('GET', path)).body;
    const submitted = await fetch(`${rapport.instance.commandApiUrl}${path}/submissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        email: 'grace@example.org',
        name: 'Grace Hopper',
        topics: form.topics,
        consents: form.consents,
        textVersion: '1',
        ticket,
      }),
    });
    expect(submitted.status).toBe(202);
    const outbox = join(home, '.rapport/outbox');
    const link = await until('a message', () => {
      const [name] = existsSync(outbox) ? readdirSync(outbox).filter((file) => file.endsWith('.eml')) : [];
      const mail = name === undefined ? '' : readFileSync(join(outbox, name), 'utf8').replaceAll('=\n', '');
      return /http:\/\/127\.0\.0\.1:\d+\/sign-up\/confirmations\/[\w-]+/.exec(mail)?.[0];
    });
    const find = async () =>
      (await rapport.query('POST', '/v1/candidates/search', { interest: { name: 'weaving' } })).body['items'] as {
        name: { full: string };
      }[];
    expect(await (await fetch(link)).text()).toContain('You may write to me.');
    expect(await find()).toEqual([]);
    expect((await fetch(link, { method: 'POST' })).status).toBe(200);
    const [found] = await until('the candidate', async () => {
      const items = await find();
      return items.length > 0 ? items : undefined;
    });
    expect(JSON.stringify(found)).toContain('Grace Hopper');
    const id = (found as unknown as { id: string }).id;
    // A read model of its own.
    await until('the consent', async () => {
      const { body } = await rapport.query('GET', `/v1/candidates/${id}/relationship`);
      return JSON.stringify(body).includes('"double-opt-in"') ? true : undefined;
    });
  });

  it('tells who comes into a segment that is watched', async () => {
    const pool = await rapport.command('POST', '/v1/pools', {
      name: 'Relocates',
      kind: 'segment',
      criteria: { attribute: 'tags', is: ['relocation-ok'] },
      watched: true,
    });
    expect(pool.status).toBe(201);
    const added = await rapport.command('POST', '/v1/candidates', {
      name: { full: 'Mary Somerville' },
      tags: ['relocation-ok'],
    });
    expect(added.status).toBe(201);
    const items = await until('the change', async () => {
      const { body } = await rapport.query('GET', `/v1/pools/${String(pool.body['id'])}/changes`);
      const found = (body['items'] ?? []) as Record<string, unknown>[];
      return found.length > 0 ? found : undefined;
    });
    const candidateId = added.body['id'];
    expect(items).toMatchObject([{ candidateId, change: 'entered', by: 'segment', restated: false }]);
  });

  it('knows when a plan of hygiene runs next', async () => {
    const made = await rapport.command('POST', '/v1/hygiene/plans', {
      name: 'Monday round',
      owner: { kind: 'team', id: 'team-4' },
      schedule: { every: 'week', day: 1, hour: 6 },
      checks: ['no-owner'],
    });
    expect(made.status).toBe(201);
    const next = async () => {
      const { body } = await rapport.query('GET', '/v1/hygiene/plans?owner=team-4');
      const [plan] = (body['items'] ?? []) as { id: string; nextRunAt: string | null }[];
      return plan;
    };
    const plan = await until('its next run', async () => ((await next())?.nextRunAt ? await next() : undefined));
    expect(plan).toMatchObject({ id: made.body['id'], nextRunAt: expect.stringMatching(/T06:00:00.000Z$/) as unknown });
    const paused = await rapport.command('PATCH', `/v1/hygiene/plans/${String(made.body['id'])}`, { paused: true });
    expect(paused.status).toBe(200);
    await until('it to rest', async () => (await next())?.nextRunAt === null);
  });

  it('is counted by automation`s metrics', async () => {
    const text = await (await fetch(`${rapport.instance.automationUrl}/metrics`)).text();
    expect(text).toContain('rapport_reaction_working{manager="message-watch"} 1');
    expect(text).toMatch(/rapport_reaction_deadlines_fired\{manager="message-watch"\} [1-9]/);
  });
});
