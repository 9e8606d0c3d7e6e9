import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  canRunAsNobody,
  copyCheckout,
  isAlive,
  NOBODY,
  privateFolder,
  ServersProcess,
} from '../support/servers-process.js';
import { until } from '../support/until.js';

/** One statement on a connection of its own. */
const sql = async (url: string, statement: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  // A server that's killed on purpose takes its connections with it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
};

const write = async ({ instance }: ServersProcess): Promise<void> => {
  await sql(instance.databaseUrl, 'CREATE TABLE kept (word text)');
  await sql(instance.databaseUrl, "INSERT INTO kept VALUES ('here')");
};

const written = ({ instance }: ServersProcess): Promise<Record<string, unknown>[]> =>
  sql(instance.databaseUrl, 'SELECT word FROM kept');

const gone = (pids: readonly number[], withinMilliseconds: number): Promise<true> =>
  until('all processes to be gone', () => !pids.some(isAlive), withinMilliseconds);

/** Copies of PostgreSQL's programs that a keeper made, where its server's user can run them. */
const copiesOf = (keeper: number): string[] =>
  readdirSync(tmpdir()).filter((name) => {
    const owner = join(tmpdir(), name, 'owner.json');
    return (
      name.startsWith('rapport-postgres-') && existsSync(owner) && readFileSync(owner, 'utf8').includes(`${keeper},`)
    );
  });

// Every folder here has mode 0700; run as root, PostgreSQL's user can't get through it.
describe('The embedded servers, in a folder of mode 0700', () => {
  let home: ReturnType<typeof privateFolder>;
  let servers: ServersProcess | undefined;

  const start = async (): Promise<ServersProcess> => {
    servers = new ServersProcess(home.folder);
    return servers.ready();
  };

  beforeEach(() => {
    home = privateFolder();
  });

  afterEach(async () => {
    await servers?.end('SIGTERM');
    home.remove();
  });

  it('stop on Ctrl-C without leaving a process, and have all data when they start again', async () => {
    const first = await start();
    await write(first);
    const pids = first.pids();
    await first.end('SIGINT');
    expect(pids.filter(isAlive)).toEqual([]);
    expect((await first.ended()).code).toBe(0);
    expect(await written(await start())).toEqual([{ word: 'here' }]);
  });

  it('go away by themselves when their supervisor is killed', async () => {
    const first = await start();
    await write(first);
    const pids = first.pids();
    await first.end('SIGKILL');
    await gone(pids, 20_000);
    expect(await written(await start())).toEqual([{ word: 'here' }]);
  });

  it('are cleaned up by the next start at once, even if all that watched over PostgreSQL was killed', async () => {
    const first = await start();
    await write(first);
    const pids = first.pids();
    const { keeper, postgres } = first.instance.processes;
    process.kill(first.instance.pid, 'SIGKILL');
    process.kill(keeper, 'SIGKILL');
    await first.ended();
    expect(isAlive(postgres)).toBe(true);
    const second = await start();
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await written(second)).toEqual([{ word: 'here' }]);
  });

  it.each(['postgres', 'keeper', 'node'] as const)(
    'come back at the same addresses when their %s is killed',
    async (victim) => {
      const running = await start();
      await write(running);
      const before = running.instance;
      process.kill(before.processes[victim], 'SIGKILL');
      await until('another process in its place', () => {
        const pid = running.instance.processes[victim];
        return pid !== undefined && pid !== before.processes[victim] && isAlive(pid);
      });
      const rows = await until('the row', () => written(running).catch(() => undefined));
      expect(rows).toEqual([{ word: 'here' }]);
      expect(running.instance).toMatchObject({ databaseUrl: before.databaseUrl, eventStoreUrl: before.eventStoreUrl });
    },
  );

  it('are refused a second time on the same folder', async () => {
    const first = await start();
    const second = await new ServersProcess(home.folder).ended();
    expect(second).toMatchObject({
      code: 1,
      output: expect.stringMatching(new RegExp(`already runs on .*pid ${first.instance.pid}`)),
    });
    expect(await sql(first.instance.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('run from a checkout in there too, installed without scripts, and remove their copies', async () => {
    servers = await new ServersProcess(home.folder, { checkout: copyCheckout(home.folder) }).ready();
    await write(servers);
    expect(await written(servers)).toEqual([{ word: 'here' }]);
    const { keeper } = servers.instance.processes;
    // Only root's server runs as somebody else, who can't get at the checkout.
    expect(copiesOf(keeper)).toHaveLength(process.getuid?.() === 0 ? 1 : 0);
    await servers.end('SIGINT');
    expect(copiesOf(keeper)).toEqual([]);
  });

  it('make their data folder anew when making it was interrupted', async () => {
    const unfinished = join(home.folder, '.rapport/data/postgres.new');
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, 'PG_VERSION'), '18\n');
    const remade = await start();
    await write(remade);
    expect(await written(remade)).toEqual([{ word: 'here' }]);
  });

  it('leave a process alone that has the pid of one of theirs by now', async () => {
    const first = await start();
    const { pid, processes } = first.instance;
    const file = JSON.parse(readFileSync(join(home.folder, '.rapport/run/instance.json'), 'utf8')) as object;
    await first.end('SIGTERM');
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    try {
      const recycled = Object.fromEntries(Object.keys(processes).map((name) => [name, stranger.pid]));
      writeFileSync(
        join(home.folder, '.rapport/run/instance.json'),
        JSON.stringify({ ...file, pid, processes: recycled }),
      );
      writeFileSync(
        join(home.folder, '.rapport/data/postgres/postmaster.pid'),
        `${stranger.pid}\n/elsewhere\n1\n1\n\n127.0.0.1\n1 1\nready   \n`,
      );
      await start();
      expect(isAlive(Number(stranger.pid))).toBe(true);
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  it('do not start with new keys where there is data that was made with others', async () => {
    const first = await start();
    await first.end('SIGTERM');
    rmSync(join(home.folder, '.rapport/secrets/master.key'));
    const second = await new ServersProcess(home.folder).ended();
    expect(second).toMatchObject({ code: 1, output: expect.stringContaining('master.key is missing') });
  });

  it('show what they keep to nobody else, and print no value', async () => {
    const { instance } = await start();
    for (const [path, mode] of [
      ['secrets', 0o700],
      ['secrets/master.key', 0o600],
      ['secrets/index.key', 0o600],
      ['secrets/postgres.password', 0o600],
      ['run', 0o700],
      ['run/instance.json', 0o600],
      ['logs', 0o700],
      ['logs/postgres.log', 0o600],
      ['data/postgres', 0o700],
    ] as const)
      expect([path, statSync(join(home.folder, '.rapport', path)).mode & 0o777]).toEqual([path, mode]);

    const { databaseUrl } = instance;
    await sql(databaseUrl, 'CREATE TABLE people (email text PRIMARY KEY, age int)');
    for (const statement of [
      "INSERT INTO people VALUES ('secret-value', 1), ('secret-value', 2)",
      "INSERT INTO people VALUES ('other', 'secret-value'::int)",
      "SELECT 'secret-value' FROM nowhere",
      "DO $$ BEGIN RAISE WARNING 'secret-value'; END $$",
    ])
      await sql(databaseUrl, statement).catch(() => undefined);
    const log = readFileSync(join(home.folder, '.rapport/logs/postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toContain('secret-value');
    const wrong = new URL(databaseUrl);
    wrong.password = 'wrong';
    await expect(sql(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });
});

(canRunAsNobody() ? describe : describe.skip)('The embedded servers of a user without rights', () => {
  let home: ReturnType<typeof privateFolder>;
  let servers: ServersProcess | undefined;

  const start = async (): Promise<ServersProcess> => {
    servers = new ServersProcess(home.folder, { uid: NOBODY });
    return servers.ready();
  };

  beforeAll(() => {
    home = privateFolder(NOBODY);
  });

  afterAll(async () => {
    await servers?.end('SIGTERM');
    home.remove();
  });

  it('start, stop, and keep their data', async () => {
    const first = await start();
    await write(first);
    const pids = first.pids();
    await first.end('SIGINT');
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await written(await start())).toEqual([{ word: 'here' }]);
  });
});
