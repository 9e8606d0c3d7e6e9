import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RapportProcess } from './rapport-process.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface CommandAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** One more command-api process on the servers of a running instance. */
export class CommandApi {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
    private readonly key: string,
  ) {}

  static async start(rapport: RapportProcess, env: Record<string, string> = {}): Promise<CommandApi> {
    const child = spawn(process.execPath, [join(root, 'dist/apps/command-api/src/main.js')], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATABASE_URL: rapport.instance.databaseUrl,
        EVENTSTORE_URL: rapport.instance.eventStoreUrl,
        RAPPORT_SECRETS_DIR: join(rapport.home, '.rapport/secrets'),
        PORT: '0',
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const port = await new Promise<number>((resolve, reject) => {
      child.on('message', (message) => {
        const { ready, port: at } = message as { ready?: boolean; port?: number };
        if (ready && at !== undefined) resolve(at);
      });
      child.once('exit', (code) => reject(new Error(`command-api ended with ${code}: ${errors}`)));
    });
    return new CommandApi(child, `http://127.0.0.1:${port}`, rapport.keys.service);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<CommandAnswer> {
    return this.send('POST', path, body, headers);
  }

  patch(path: string, body: unknown, headers: Record<string, string> = {}): Promise<CommandAnswer> {
    return this.send('PATCH', path, body, headers);
  }

  /** Whether it says that it's ready. */
  async isReady(): Promise<boolean> {
    return (await fetch(`${this.url}/health/ready`)).status === 200;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }

  private async send(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<CommandAnswer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
}
