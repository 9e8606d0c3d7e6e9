import {
  InstanceClaim,
  serversFromEnvironment,
  startServers,
  type InstanceAddresses,
  type ProcessEvent,
  type RapportHome,
} from '#libs/embedded';
import { prepare, type Prepared } from '../prepare.js';
import { startApps } from './apps.js';
import { emailOnThisMachine } from './email-on-this-machine.js';

export interface StartOptions {
  readonly home: RapportHome;
  /** False starts the servers alone. */
  readonly apps: boolean;
  /** True takes free ports and servers of its own, whatever the environment says: for an instance beside another one. */
  readonly apart?: boolean;
  /** False for data that needn't survive a crash. True unless given. */
  readonly durable?: boolean;
  readonly onEvent?: (event: ProcessEvent) => void;
  /** Stops what was started so far, and makes the start throw. */
  readonly signal?: AbortSignal;
}

/** An instance that this process runs. */
export interface RunningRapport {
  readonly addresses: InstanceAddresses;
  readonly secretsDir: string;
  readonly prepared: Prepared;
  /** The apps, then the event store, then PostgreSQL; each within a bound. */
  stop(): Promise<void>;
}

/**
 * Brings an instance up: servers where the environment names none, what has to be prepared in them, then the apps.
 * From then on the command line finds it. Throws an Error with what failed; nothing is left running then.
 */
export const startRapport = async (options: StartOptions): Promise<RunningRapport> => {
  const { home, signal } = options;
  const claim = await InstanceClaim.take(home);
  const onEvent = (event: ProcessEvent): void => {
    claim.note(event);
    options.onEvent?.(event);
  };
  const started: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const part of started.toReversed()) await part.stop();
    claim.release();
  };
  try {
    // 1. The servers.
    const servers = await startServers({
      ...(options.apart ? { ports: { postgres: 0, node: 0 } } : serversFromEnvironment()),
      dataDir: home.data,
      secretsDir: home.secrets,
      logsDir: home.logs,
      durable: options.durable ?? true,
      onEvent,
    });
    started.push(servers);
    signal?.throwIfAborted();

    // 2. What has to be in them.
    const { databaseUrl, eventStoreUrl } = servers;
    const prepared = await prepare({ databaseUrl, secretsDir: home.secrets });
    signal?.throwIfAborted();

    // 3. The apps.
    let addresses: InstanceAddresses = { databaseUrl, eventStoreUrl };
    if (options.apps) {
      const apps = await startApps({
        databaseUrl,
        eventStoreUrl,
        secretsDir: home.secrets,
        logsDir: home.logs,
        env: emailOnThisMachine(home).env,
        ports: options.apart ? 0 : undefined,
        onEvent,
      });
      started.push(apps);
      signal?.throwIfAborted();
      addresses = {
        ...addresses,
        commandApiUrl: apps.urls['command-api'],
        queryApiUrl: apps.urls['query-api'],
        projectorUrl: apps.urls.projector,
        automationUrl: apps.urls.automation,
      };
    }
    claim.announce(addresses);
    return { addresses, secretsDir: home.secrets, prepared, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
