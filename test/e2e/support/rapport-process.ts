import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../../support/until.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
export const rapportMain = join(root, 'dist/apps/rapport/src/main.js');

/** What a running instance writes down about itself. */
export interface Instance {
  readonly pid: number;
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  readonly commandApiUrl: string;
  readonly queryApiUrl: string;
  readonly projectorUrl: string;
  readonly automationUrl: string;
  readonly processes: Readonly<Record<string, number>>;
}

export type Role = 'service' | 'analyst' | 'auditor' | 'admin';

/** A folder for one instance's data, removed at the end of the test. */
export const temporaryHome = (): { home: string; remove: () => void } => {
  const home = mkdtempSync(join(tmpdir(), 'rapport-e2e-'));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A zombie still has a pid; its command line is empty.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** `rapport start` as a user runs it, on free ports, with its data in a folder of its own. */
export class RapportProcess {
  private constructor(
    readonly home: string,
    readonly child: ChildProcess,
    readonly instance: Instance,
    readonly keys: Readonly<Record<Role, string>>,
    private readonly printed: () => string,
  ) {}

  static async start(home: string, env: Record<string, string> = {}): Promise<RapportProcess> {
    const child = spawn(process.execPath, [rapportMain, 'start'], {
      cwd: home,
      env: {
        ...process.env,
        DATABASE_URL: '',
        EVENTSTORE_URL: '',
        RAPPORT_HOME: join(home, '.rapport'),
        RAPPORT_COMMAND_API_PORT: '0',
        RAPPORT_QUERY_API_PORT: '0',
        RAPPORT_PROJECTOR_PORT: '0',
        RAPPORT_AUTOMATION_PORT: '0',
        RAPPORT_POSTGRES_PORT: '0',
        RAPPORT_NODE_PORT: '0',
        NODE_OPTIONS: '',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const instance = await until(
      'rapport start to be ready',
      () => {
        if (child.exitCode !== null) throw new Error(`rapport start ended with ${child.exitCode}:\n${output}`);
        return /rapport is ready/i.test(output) ? readInstance(home) : undefined;
      },
      60_000,
    ).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw new Error(`${String(error)}\n${output}`);
    });
    const keys = JSON.parse(readFileSync(join(home, '.rapport/secrets/api-keys.json'), 'utf8')) as Record<Role, string>;
    return new RapportProcess(home, child, instance, keys, () => output);
  }

  get output(): string {
    return this.printed();
  }

  /** Ctrl-C; resolves when the supervisor has gone. */
  async stop(): Promise<number | null> {
    return this.end('SIGINT');
  }

  /** As `kill -9`: whatever it supervised has to notice by itself. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** All processes of the instance, the supervisor included. */
  pids(): number[] {
    return [this.instance.pid, ...Object.values(this.instance.processes)];
  }

  command(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    role: Role = 'service',
  ): Promise<Answer> {
    return request(`${this.instance.commandApiUrl}${path}`, method, this.keys[role], body, headers);
  }

  query(method: string, path: string, body?: unknown, role: Role = 'analyst'): Promise<Answer> {
    return request(`${this.instance.queryApiUrl}${path}`, method, this.keys[role], body, {});
  }

  /** NDJSON there and back: one result a line, in order. */
  async bulk(path: string, body: string): Promise<{ line: number; status: number }[]> {
    const response = await fetch(`${this.instance.commandApiUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.keys.service}`, 'content-type': 'application/x-ndjson' },
      body,
    });
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as { line: number; status: number });
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
      this.child.kill(signal);
      await gone;
    }
    return this.child.exitCode;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

const request = async (
  url: string,
  method: string,
  key: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> => {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
  };
};

export const readInstance = (home: string): Instance | undefined => {
  try {
    return JSON.parse(readFileSync(join(home, '.rapport/run/instance.json'), 'utf8')) as Instance;
  } catch {
    return undefined;
  }
};
