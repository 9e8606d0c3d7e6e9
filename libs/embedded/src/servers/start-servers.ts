import { join } from 'node:path';
import { createDatabase } from '../postgres/create-database.js';
import { hasData } from '../postgres/data-folder.js';
import { KEEPER_PORT_VARIABLE, keeperEnvironment } from '../postgres/keeper-options.js';
import { compiled } from '../processes/compiled.js';
import { choosePort, portFromEnvironment } from '../processes/ports.js';
import { SupervisedProcess, type ProcessEvent, type ProcessSpec } from '../processes/supervised-process.js';
import { postgresDataDir } from './home.js';
import { loadOrCreateSecrets, passwordFile } from './secrets.js';

/** Taken where they're free and the operator asked for nothing else. */
const PREFERRED_POSTGRES_PORT = 54_329;
const PREFERRED_NODE_PORT = 21_130;

/** Read models and key vault. */
const DATABASE = 'rapport';
/** The event store node's own. */
const EVENTS_DATABASE = 'rapport_events';

const NODE_PORT_VARIABLE = 'RAPPORT_NODE_PORT';

export interface ServersOptions {
  readonly dataDir: string;
  readonly secretsDir: string;
  readonly logsDir: string;
  /** 0 takes a free port. */
  readonly ports?: { readonly postgres?: number | undefined; readonly node?: number | undefined };
  /** A PostgreSQL server that runs already: none is started. */
  readonly databaseUrl?: string | undefined;
  /** An EventStoreDB that runs already: no node is started. */
  readonly eventStoreUrl?: string | undefined;
  /** False for data that needn't survive a crash. True unless given. */
  readonly durable?: boolean;
  /** A folder that goes when this process is killed. */
  readonly removeWhenAbandoned?: string;
  readonly onEvent?: (event: ProcessEvent) => void;
  /** How long a server that ended unasked may wait for its restart; 10 s unless given. */
  readonly longestPauseMilliseconds?: number | undefined;
}

/** The servers of one machine. They're started again, at the same addresses, when they end unasked. */
export interface RunningServers {
  /** Of the database for read models and key vault; holds the password. */
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  /** The event store first, then PostgreSQL; each within a bound. */
  stop(): Promise<void>;
}

/** What the operator's environment says about servers and ports. Empty variables count as unset. */
export const serversFromEnvironment = (
  env: NodeJS.ProcessEnv = process.env,
): Pick<ServersOptions, 'databaseUrl' | 'eventStoreUrl' | 'ports'> => ({
  databaseUrl: env['DATABASE_URL'] || undefined,
  eventStoreUrl: env['EVENTSTORE_URL'] || undefined,
  ports: {
    postgres: portFromEnvironment('RAPPORT_POSTGRES_PORT', env),
    node: portFromEnvironment(NODE_PORT_VARIABLE, env),
  },
});

const pauseOf = ({ longestPauseMilliseconds }: ServersOptions): Pick<ProcessSpec, 'longestPauseMilliseconds'> =>
  longestPauseMilliseconds === undefined ? {} : { longestPauseMilliseconds };

const startPostgres = async (options: ServersOptions): Promise<{ url: string; keeper: SupervisedProcess }> => {
  const dataDir = postgresDataDir(options.dataDir);
  const { postgresPassword } = loadOrCreateSecrets(options.secretsDir, { mayCreate: !hasData(dataDir) });
  const port = await choosePort({ asked: options.ports?.postgres, preferred: PREFERRED_POSTGRES_PORT });
  const keeper = new SupervisedProcess(
    {
      name: 'keeper',
      entry: compiled('libs/embedded/src/postgres/main'),
      env: {
        ...process.env,
        ...keeperEnvironment({
          dataDir,
          port,
          passwordFile: passwordFile(options.secretsDir),
          durable: options.durable ?? true,
          ...(options.removeWhenAbandoned === undefined ? {} : { removeWhenAbandoned: options.removeWhenAbandoned }),
        }),
      },
      portVariable: KEEPER_PORT_VARIABLE,
      logFile: join(options.logsDir, 'postgres.log'),
      // A recovery after a power cut, and before it an earlier server that has to stop.
      readyWithinMilliseconds: 180_000,
      stopWithinMilliseconds: 30_000,
      ...pauseOf(options),
    },
    options.onEvent ?? (() => undefined),
  );
  await keeper.start();
  return { url: `postgres://postgres:${encodeURIComponent(postgresPassword)}@127.0.0.1:${port}/postgres`, keeper };
};

const startNode = async (
  serverUrl: string,
  options: ServersOptions,
): Promise<{ url: string; node: SupervisedProcess }> => {
  const port = await choosePort({ asked: options.ports?.node, preferred: PREFERRED_NODE_PORT });
  const node = new SupervisedProcess(
    {
      name: 'node',
      entry: compiled('libs/embedded/src/node/main'),
      env: {
        ...process.env,
        RAPPORT_NODE_DATABASE_URL: await createDatabase(serverUrl, EVENTS_DATABASE),
        [NODE_PORT_VARIABLE]: String(port),
      },
      portVariable: NODE_PORT_VARIABLE,
      logFile: join(options.logsDir, 'node.log'),
      ...pauseOf(options),
    },
    options.onEvent ?? (() => undefined),
  );
  const ready = await node.start();
  return { url: `esdb://127.0.0.1:${ready.port ?? port}?tls=false`, node };
};

/**
 * Starts PostgreSQL and the event store node, each where the options name no server of that kind, and creates their
 * databases. Throws an Error with what the server said last if one doesn't start; nothing is left running then.
 */
export const startServers = async (options: ServersOptions): Promise<RunningServers> => {
  const running: SupervisedProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const server of running.toReversed()) await server.stop();
  };
  try {
    let serverUrl = options.databaseUrl;
    let { databaseUrl, eventStoreUrl } = options;
    if (serverUrl === undefined) {
      const postgres = await startPostgres(options);
      running.push(postgres.keeper);
      serverUrl = postgres.url;
      databaseUrl = await createDatabase(serverUrl, DATABASE);
    } else {
      loadOrCreateSecrets(options.secretsDir);
    }
    if (eventStoreUrl === undefined) {
      const { url, node } = await startNode(serverUrl, options);
      running.push(node);
      eventStoreUrl = url;
    }
    return { databaseUrl: databaseUrl ?? serverUrl, eventStoreUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
