import { compiled, createDatabase } from '#libs/embedded';
import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import pg from 'pg';
import { within } from './event-store.js';

const serverUrl = (): string => {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('DATABASE_URL is not set: the suite has no PostgreSQL server.');
  return url;
};

/** On the server, as somebody who may end others' connections. */
const onServer = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> => {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
};

/** A database for one node. */
export class NodeDatabase {
  private constructor(
    readonly name: string,
    readonly url: string,
  ) {}

  static async create(): Promise<NodeDatabase> {
    const name = `node_${randomUUID().replaceAll('-', '')}`;
    return new NodeDatabase(name, await createDatabase(serverUrl(), name));
  }

  /** Breaks the node's connections, or those of that name; gives how many it were. */
  async terminateConnections(applicationName = 'rapport-node%'): Promise<number> {
    const rows = await onServer(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name LIKE $2',
      [this.name, applicationName],
    );
    return rows.length;
  }

  /** While closed, nobody gets in, and nobody is in. */
  async setOpen(open: boolean): Promise<void> {
    await onServer(`ALTER DATABASE ${pg.escapeIdentifier(this.name)} WITH ALLOW_CONNECTIONS ${open}`);
    if (!open) await this.terminateConnections('%');
  }

  async drop(): Promise<void> {
    await onServer(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(this.name)} WITH (FORCE)`);
  }
}

/** A node as a process of its own, with its parent at the other end of a channel. */
export class NodeProcess {
  private port: number | undefined;
  private output = '';
  private errors = '';
  private readonly child: ChildProcess;

  /** @param port 0 takes a free one */
  constructor(databaseUrl: string, port = 0) {
    this.child = spawn(process.execPath, [compiled('libs/embedded/src/node/main')], {
      env: { PATH: process.env['PATH'], RAPPORT_NODE_DATABASE_URL: databaseUrl, RAPPORT_NODE_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    this.child.on('message', (message: { port?: number }) => (this.port = message.port));
  }

  /** Resolves with its port; throws where it ended instead. */
  async ready(): Promise<number> {
    await within('the node to be ready', () => this.port !== undefined || this.hasEnded);
    if (this.port === undefined) throw new Error(`The node ended with ${this.child.exitCode}:\n${this.errors}`);
    return this.port;
  }

  get stdout(): string {
    return this.output;
  }

  get stderr(): string {
    return this.errors;
  }

  /** Resolves with the exit code; null after a signal that it didn't handle. */
  async ended(): Promise<number | null> {
    await within('the node to end', () => this.hasEnded);
    return this.child.exitCode;
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended();
  }

  /** As if the parent process had died. */
  disconnect(): void {
    this.child.disconnect();
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

export const urlOf = (port: number): string => `esdb://127.0.0.1:${port}?tls=false&keepAliveInterval=-1`;
