import {
  findInstance,
  InstanceLockedError,
  rapportHome,
  waitUntil,
  type InstanceAddresses,
  type RapportHome,
} from '#libs/embedded';
import { startRapport } from './start-rapport.js';

/** What a command works on. */
export interface InstanceContext extends InstanceAddresses {
  readonly secretsDir: string;
}

const STARTING_MILLISECONDS = 60_000;

/** Real servers that the environment names, both of them. */
const fromEnvironment = (home: RapportHome): InstanceContext | undefined => {
  const { DATABASE_URL: databaseUrl, EVENTSTORE_URL: eventStoreUrl } = process.env;
  return databaseUrl && eventStoreUrl ? { databaseUrl, eventStoreUrl, secretsDir: home.secrets } : undefined;
};

const isElsewhere = (instance: InstanceContext, asked: InstanceContext | undefined): boolean =>
  asked !== undefined && (asked.databaseUrl !== instance.databaseUrl || asked.eventStoreUrl !== instance.eventStoreUrl);

/**
 * Runs a command on the instance of this folder if one is running; else on the servers that DATABASE_URL and
 * EVENTSTORE_URL name; else on servers that are started for as long as the command takes.
 * Where the environment names other servers than the running instance uses, the environment counts.
 */
export const withInstance = async <T>(
  work: (context: InstanceContext) => Promise<T>,
  home: RapportHome = rapportHome(),
): Promise<T> => {
  const asked = fromEnvironment(home);
  const running = findInstance(home);
  if (running !== undefined && !isElsewhere(running, asked)) return work(running);
  if (asked !== undefined) return work(asked);
  try {
    const rapport = await startRapport({ home, apps: false });
    try {
      return await work({ ...rapport.addresses, secretsDir: rapport.secretsDir });
    } finally {
      await rapport.stop();
    }
  } catch (error) {
    if (!(error instanceof InstanceLockedError)) throw error;
    // One is just starting.
    const started = await waitUntil(() => findInstance(home), { withinMilliseconds: STARTING_MILLISECONDS });
    if (started === undefined) throw error;
    return work(started);
  }
};
