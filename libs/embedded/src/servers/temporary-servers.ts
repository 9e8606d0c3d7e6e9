import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeAt, type RapportHome } from './home.js';
import { startServers, type RunningServers, type ServersOptions } from './start-servers.js';

/** A folder for an instance that leaves nothing behind: remove its `root` at the end. */
export const makeTemporaryHome = (): RapportHome => homeAt(mkdtempSync(join(tmpdir(), 'rapport-')), {});

export interface TemporaryServersOptions extends Pick<
  ServersOptions,
  'databaseUrl' | 'eventStoreUrl' | 'onEvent' | 'longestPauseMilliseconds'
> {
  /** False is faster, and loses data in a crash. True unless given. */
  readonly durable?: boolean;
}

/**
 * Servers on free ports, with data in a temporary folder that goes when they're stopped, or when this process is
 * killed. For tests and for the demo.
 */
export const startTemporaryServers = async (
  options: TemporaryServersOptions = {},
): Promise<RunningServers & { readonly home: RapportHome }> => {
  const home = makeTemporaryHome();
  const remove = (): void => rmSync(home.root, { recursive: true, force: true, maxRetries: 5 });
  try {
    const servers = await startServers({
      ...options,
      dataDir: home.data,
      secretsDir: home.secrets,
      logsDir: home.logs,
      ports: { postgres: 0, node: 0 },
      removeWhenAbandoned: home.root,
    });
    return {
      ...servers,
      home,
      stop: async () => {
        await servers.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
};
