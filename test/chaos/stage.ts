import { AddCandidateCommand } from '#libs/candidates';
import {
  compiled,
  databaseUrlOf,
  homeAt,
  startServers,
  startTemporaryServers,
  SupervisedProcess,
  type ProcessEvent,
  type RapportHome,
  type RunningServers,
  type ServersOptions,
} from '#libs/embedded';
import { EventLog } from '#libs/event-store';
import { comparePositions, newId, type LogPosition } from '#libs/kernel';
import { readCheckpoints } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { CommandBus } from '@nestjs/cqrs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HistoryLoader } from '../../apps/rapport/src/demo/load-history.js';
import { generateHistory, type GeneratedLife } from '../../apps/rapport/src/demo/history.js';
import { openWriteSide } from '../../apps/rapport/src/importing/write-side.js';
import { prepare } from '../../apps/rapport/src/prepare.js';
import { until } from './until.js';

/** Whoever is killed again and again is to come back at once each time. */
const PAUSE_MILLISECONDS = 100;
const HISTORY_ENDS = new Date('2026-06-30T00:00:00Z');

export type Victim = 'projector' | 'node' | 'postgres';

/** An app's process on one of the databases. */
export interface StagedApp {
  readonly url: string;
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** Durable servers with a history, and one database a run: each projects the same log. */
export class Stage {
  private readonly apps: StagedApp[] = [];
  private readonly databases: Database[] = [];
  readonly log: EventLog;

  private constructor(
    private readonly servers: RunningServers & { readonly home: RapportHome },
    private readonly pids: ReadonlyMap<string, number>,
  ) {
    this.log = new EventLog(servers.eventStoreUrl, 'chaos');
  }

  /** @param folder where data stays after the run; a temporary one that goes, unless given */
  static async open(folder?: string): Promise<Stage> {
    const pids = new Map<string, number>();
    const options = {
      longestPauseMilliseconds: PAUSE_MILLISECONDS,
      onEvent: (event: ProcessEvent) => remember(pids, event),
    };
    const servers = await (folder === undefined ? startTemporaryServers(options) : serversIn(folder, options));
    const stage = new Stage(servers, pids);
    try {
      await prepare({ databaseUrl: servers.databaseUrl, secretsDir: servers.home.secrets });
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  get keys(): Readonly<Record<'service' | 'analyst' | 'auditor', string>> {
    return JSON.parse(readFileSync(join(this.servers.home.secrets, 'api-keys.json'), 'utf8')) as Record<
      'service' | 'analyst' | 'auditor',
      string
    >;
  }

  get databaseUrl(): string {
    return this.servers.databaseUrl;
  }

  /** Where the servers and their secrets are. */
  get addresses(): { readonly databaseUrl: string; readonly eventStoreUrl: string; readonly secretsDir: string } {
    const { databaseUrl, eventStoreUrl, home } = this.servers;
    return { databaseUrl, eventStoreUrl, secretsDir: home.secrets };
  }

  get eventStoreUrl(): string {
    return this.servers.eventStoreUrl;
  }

  /** Invents lives until there are about that many events, and adds a candidate without a history for each witness. */
  async load(
    events: number,
    { seed, witnesses }: { readonly seed: number; readonly witnesses: number },
  ): Promise<{ events: number; witnesses: readonly string[] }> {
    const writeSide = await openWriteSide({ ...this.servers, secretsDir: this.servers.home.secrets });
    try {
      const loader = new HistoryLoader(writeSide);
      const lives = generateHistory({ seed, candidates: Number.MAX_SAFE_INTEGER, until: HISTORY_ENDS });
      const enough = function* (): Generator<GeneratedLife> {
        for (const life of lives) {
          if (loader.events >= events) return;
          yield life;
        }
      };
      await loader.load(enough(), () => undefined);
      const ids = Array.from({ length: witnesses }, newId);
      const meta = {
        context: { actor: { kind: 'import' as const, id: 'chaos' }, correlationId: newId(), source: 'chaos' },
        occurredAt: HISTORY_ENDS,
      };
      for (const id of ids)
        await writeSide
          .get(CommandBus)
          .execute(
            new AddCandidateCommand(
              id,
              { name: { full: 'A Witness' }, contactPoints: [], tags: [], skills: [], interests: [], externalIds: [] },
              meta,
            ),
          );
      return { events: loader.events, witnesses: ids };
    } finally {
      await writeSide.close();
    }
  }

  /** A database with everything that the first one has by now; nobody may be connected to that. */
  async branch(name: string): Promise<Database> {
    const server = new Database(databaseUrlOf(this.databaseUrl, 'postgres'), { max: 1 });
    try {
      await server.query(`CREATE DATABASE ${name} TEMPLATE rapport`);
    } finally {
      await server.close();
    }
    const database = new Database(databaseUrlOf(this.databaseUrl, name), { max: 2, applicationName: 'chaos' });
    this.databases.push(database);
    return database;
  }

  /** Starts an app on a database; it's started again whenever it ends unasked. */
  async app(
    name: 'projector' | 'command-api' | 'query-api',
    databaseUrl: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<StagedApp> {
    const { home, eventStoreUrl } = this.servers;
    let pid: number | undefined;
    const process_ = new SupervisedProcess(
      {
        name,
        entry: compiled(`apps/${name}/src/main`),
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          DATABASE_URL: databaseUrl,
          EVENTSTORE_URL: eventStoreUrl,
          RAPPORT_SECRETS_DIR: home.secrets,
          PORT: '0',
          ...env,
        },
        portVariable: 'PORT',
        logFile: join(home.logs, `${name}.log`),
        longestPauseMilliseconds: PAUSE_MILLISECONDS,
      },
      (event) => {
        if (event.kind === 'started') pid = event.record?.pid;
      },
    );
    const { port } = await process_.start();
    const app = { url: `http://127.0.0.1:${port}`, pid: () => pid, stop: () => process_.stop() };
    this.apps.push(app);
    return app;
  }

  pid(server: 'node' | 'postgres'): number | undefined {
    return this.pids.get(server);
  }

  /** The least advanced checkpoint of the database's projections; undefined while PostgreSQL is away. */
  async checkpoint(database: Database): Promise<LogPosition | undefined> {
    return (await this.positions(database))[0];
  }

  /** The same of those that have got anywhere: whom no event concerns stores its position once a second, or at the end. */
  async moved(database: Database): Promise<LogPosition | undefined> {
    return (await this.positions(database)).find(({ commit }) => commit > 0n);
  }

  /** Waits until all projections of these databases have reached the log's head. */
  async caughtUp(...databases: readonly Database[]): Promise<void> {
    const head = await until('the log to answer', () => this.log.head().catch(() => undefined));
    for (const database of databases) {
      await until('the projections to catch up', async () => {
        const at = await this.checkpoint(database);
        return at !== undefined && comparePositions(at, head) >= 0;
      });
    }
  }

  /** Of the database's projections, in order; none while PostgreSQL is away. */
  private async positions(database: Database): Promise<readonly LogPosition[]> {
    try {
      return (await readCheckpoints(database)).map(({ position }) => position).toSorted(comparePositions);
    } catch {
      return [];
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.apps.map((app) => app.stop()));
    await Promise.all(this.databases.map((database) => database.close()));
    await this.log.close();
    await this.servers.stop();
  }
}

const serversIn = async (folder: string, options: Pick<ServersOptions, 'longestPauseMilliseconds' | 'onEvent'>) => {
  const home = homeAt(folder, {});
  const servers = await startServers({
    ...options,
    dataDir: home.data,
    secretsDir: home.secrets,
    logsDir: home.logs,
    ports: { postgres: 0, node: 0 },
  });
  return { ...servers, home };
};

const remember = (pids: Map<string, number>, event: ProcessEvent): void => {
  if (event.kind !== 'ready') return;
  // The keeper says which process is the server.
  if (event.name === 'keeper' && event.ready.pid !== undefined) pids.set('postgres', event.ready.pid);
  else if (event.record) pids.set(event.name, event.record.pid);
};
