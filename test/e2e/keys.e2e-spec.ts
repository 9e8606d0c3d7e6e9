import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseApiKey, type ApiKeyParts } from '#libs/access';
import { rapportMain, RapportProcess, temporaryHome } from './support/rapport-process.js';

const SERVERS_MILLISECONDS = 120_000;
const queryApiMain = rapportMain.replace('apps/rapport', 'apps/query-api');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A secret may hold the underscore that parts a key, so the key isn't split by it. */
const partsOf = (key: string): ApiKeyParts => {
  const parts = parseApiKey(key);
  if (!parts) throw new Error('This is no API key');
  return parts;
};

describe('keys, from the command line', () => {
  const { home, remove } = temporaryHome();
  const secret = (name: string) => join(home, '.rapport/secrets', name);
  let rapport: RapportProcess;

  const keys = (...args: readonly string[]): Promise<Ended> => run([rapportMain, 'keys', ...args]);
  const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
    new Promise((resolve) => {
      const own = { DATABASE_URL: '', EVENTSTORE_URL: '', NODE_OPTIONS: '', RAPPORT_HOME: join(home, '.rapport') };
      const ports = { RAPPORT_POSTGRES_PORT: '0', RAPPORT_NODE_PORT: '0' };
      execFile(
        process.execPath,
        args,
        { cwd: home, env: { ...process.env, ...own, ...ports, ...env } },
        (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });
  const statusWith = async (key: string): Promise<number> =>
    (await fetch(`${rapport.instance.queryApiUrl}/v1/projections`, { headers: { authorization: `Bearer ${key}` } }))
      .status;

  beforeAll(async () => {
    rapport = await RapportProcess.start(home);
  }, SERVERS_MILLISECONDS);
  afterAll(async () => {
    await rapport?.stop();
    remove();
  }, SERVERS_MILLISECONDS);

  it('are a command of a program that can be run as it was built: npx makes it so the first time only', () => {
    expect(execFileSync(rapportMain, ['keys', '--help'], { encoding: 'utf8' })).toContain('rotate-master');
  });

  it(
    'are made, rotated, listed and revoked while the apps run',
    async () => {
      const made = await keys('create', '--role', 'auditor', '--name', 'inspection', '--expires', '2d');
      expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^rk_[0-9a-f]{16}_[\w-]{43}\n$/) });
      const old = made.out.trim();
      const id = partsOf(old).id;
      const fresh = (await keys('rotate', id, '--overlap', '1h')).out.trim();
      expect(fresh).not.toBe(old);
      expect([await statusWith(old), await statusWith(fresh)]).toEqual([200, 200]);

      const list = await keys('list');
      expect(list.out).toContain('inspection');
      expect(list.out).not.toContain(partsOf(fresh).secret);

      const doomed = (await keys('create', '--role', 'analyst', '--name', 'doomed')).out.trim();
      expect(await keys('revoke', partsOf(doomed).id)).toMatchObject({ code: 0 });
      expect(await statusWith(doomed)).toBe(401);
    },
    SERVERS_MILLISECONDS,
  );

  it.each([
    [['rotate', 'nobody'], 'There is no valid key "nobody"'],
    [['rotate-master'], 'Stop it, then try again'],
  ])(
    '%j says what is wrong',
    async (args, message) => {
      const ended = await keys(...args);
      expect(ended.code).toBe(1);
      expect(ended.err).toContain(message);
      expect(ended.err).not.toMatch(/\n\s+at /);
    },
    SERVERS_MILLISECONDS,
  );

  it(
    'for tokens are all given, or an app does not start and says which is missing',
    async () => {
      const { databaseUrl, eventStoreUrl } = rapport.instance;
      const ended = await run([queryApiMain], {
        DATABASE_URL: databaseUrl,
        EVENTSTORE_URL: eventStoreUrl,
        RAPPORT_SECRETS_DIR: join(home, '.rapport/secrets'),
        RAPPORT_OIDC_ISSUER: 'https://login.example',
      });
      expect(ended.code).toBe(1);
      expect(ended.out).toContain('RAPPORT_OIDC_AUDIENCE, RAPPORT_OIDC_ROLE_CLAIM are not');
    },
    SERVERS_MILLISECONDS,
  );

  it(
    'that wrap people’s keys are rotated while no app runs, also after an interruption, and people stay readable',
    async () => {
      const add = await fetch(`${rapport.instance.commandApiUrl}/v1/candidates`, {
        method: 'POST',
        headers: { authorization: `Bearer ${rapport.keys.service}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: { full: 'Ada Lovelace' } }),
      });
      const { id, position } = (await add.json()) as { id: string; position: string };
      expect(add.status).toBe(201);
      await rapport.stop();
      const before = readFileSync(secret('master.key'), 'utf8');
      expect(await keys('rotate-master')).toMatchObject({ code: 0, out: expect.stringContaining('keys are wrapped') });
      const after = readFileSync(secret('master.key'), 'utf8');
      expect(after).not.toBe(before);
      const old = readdirSync(join(home, '.rapport/secrets')).find((name) => name.startsWith('master.key.old-')) ?? '';
      expect(readFileSync(secret(old), 'utf8')).toBe(before);
      expect(statSync(secret('master.key')).mode & 0o777).toBe(0o600);

      // As if the process had ended between the commit and the renaming: the start puts that right.
      writeFileSync(secret('master.key'), before);
      writeFileSync(secret('master.key.next'), after);
      rapport = await RapportProcess.start(home);
      expect(readFileSync(secret('master.key'), 'utf8')).toBe(after);
      const history = await fetch(
        `${rapport.instance.queryApiUrl}/v1/audit/candidates/${id}/history?after=${position}`,
        {
          headers: { authorization: `Bearer ${rapport.keys.auditor}` },
        },
      );
      expect(await history.text()).toContain('Ada Lovelace');
    },
    SERVERS_MILLISECONDS,
  );

  it(
    'of another database are refused at the start',
    async () => {
      await rapport.stop();
      const right = readFileSync(secret('index.key'), 'utf8');
      writeFileSync(secret('index.key'), `${Buffer.alloc(32, 7).toString('base64')}\n`);
      const ended = await new Promise<Ended>((resolve) => {
        const own = { DATABASE_URL: '', EVENTSTORE_URL: '', NODE_OPTIONS: '', RAPPORT_HOME: join(home, '.rapport') };
        const ports = { RAPPORT_POSTGRES_PORT: '0', RAPPORT_NODE_PORT: '0' };
        const child = spawn(process.execPath, [rapportMain, 'start'], {
          cwd: home,
          env: { ...process.env, ...own, ...ports },
        });
        let err = '';
        child.stdout.resume();
        child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
        child.on('close', (code) => resolve({ code: code ?? -1, out: '', err }));
      });
      writeFileSync(secret('index.key'), right);
      expect(ended.code).toBe(1);
      expect(ended.err).toContain('index.key in the secrets folder is not the one that this database was made with');
    },
    SERVERS_MILLISECONDS,
  );
});
