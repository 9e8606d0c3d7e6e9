import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endProcesses, isRunning, recordOf, type ProcessRecord } from '../processes/process-record.js';
import type { ProcessEvent } from '../processes/supervised-process.js';
import { stopLeftPostgres } from '../postgres/postmaster-file.js';
import { postgresDataDir, type RapportHome } from './home.js';
import { takeLock } from './lock.js';
import { writePrivateFile } from './private-file.js';

/** Where an instance's servers and apps are. The URLs hold passwords. */
export interface InstanceAddresses {
  /** Read models and key vault. */
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  readonly commandApiUrl?: string;
  readonly queryApiUrl?: string;
  readonly projectorUrl?: string;
  readonly automationUrl?: string;
}

/** What a running instance writes down about itself: `run/instance.json`, 0600. */
export interface Instance extends InstanceAddresses {
  /** The supervisor. */
  readonly pid: number;
  /** Pids by name: `postgres`, `keeper`, `node`, `command-api`, `query-api`, `projector`, `automation`. */
  readonly processes: Readonly<Record<string, number>>;
  readonly secretsDir: string;
}

/** As it lies in the file. Addresses are missing until all is ready. */
interface InstanceFile extends Partial<InstanceAddresses> {
  readonly pid: number;
  readonly processes: Readonly<Record<string, number>>;
  readonly secretsDir: string;
  /** Tells each process, `supervisor` among them, from others that get its pid later. */
  readonly identities: Readonly<Record<string, string>>;
}

const SUPERVISOR = 'supervisor';

const fileOf = (home: RapportHome): string => join(home.run, 'instance.json');

const read = (home: RapportHome): InstanceFile | undefined => {
  try {
    return JSON.parse(readFileSync(fileOf(home), 'utf8')) as InstanceFile;
  } catch {
    return undefined;
  }
};

const recordsOf = (file: InstanceFile): Record<string, ProcessRecord> =>
  Object.fromEntries(
    Object.entries({ ...file.processes, [SUPERVISOR]: file.pid }).flatMap(([name, pid]) => {
      const identity = file.identities[name];
      return identity === undefined ? [] : [[name, { pid, identity }]];
    }),
  );

/** The instance that runs on this folder and is ready, if there's one. */
export const findInstance = (home: RapportHome): Instance | undefined => {
  const file = read(home);
  if (file === undefined) return undefined;
  const { identities: _, databaseUrl, eventStoreUrl, ...rest } = file;
  const supervisor = recordsOf(file)[SUPERVISOR];
  if (databaseUrl === undefined || eventStoreUrl === undefined || supervisor === undefined) return undefined;
  return isRunning(supervisor) ? { ...rest, databaseUrl, eventStoreUrl } : undefined;
};

const STOP = { signal: 'SIGTERM', withinMilliseconds: 15_000 } as const;
const KILL = { signal: 'SIGKILL', withinMilliseconds: 5_000 } as const;
/** The keeper bounds PostgreSQL's stop by itself. */
const STOP_KEEPER = { signal: 'SIGTERM', withinMilliseconds: 30_000 } as const;

/** Ends what a killed supervisor left behind; most of it is on its way out by itself. */
const endLeftovers = async (home: RapportHome): Promise<void> => {
  const file = read(home);
  if (file !== undefined) {
    const { supervisor: _, keeper, postgres: __, ...clients } = recordsOf(file);
    await endProcesses(Object.values(clients), [STOP, KILL]);
    if (keeper !== undefined) await endProcesses([keeper], [STOP_KEEPER, KILL]);
  }
  await stopLeftPostgres(postgresDataDir(home.data));
  rmSync(fileOf(home), { force: true });
};

/** This process as the one that runs an instance. */
export class InstanceClaim {
  private readonly records = new Map<string, ProcessRecord>();
  private addresses: Partial<InstanceAddresses> = {};

  private constructor(
    readonly home: RapportHome,
    private readonly lock: { release: () => void },
  ) {}

  /**
   * Takes the folder's lock, and ends what an instance that was killed left behind.
   * Throws an InstanceLockedError if another process runs it.
   */
  static async take(home: RapportHome): Promise<InstanceClaim> {
    const lock = await takeLock(home.run, home.root);
    try {
      await endLeftovers(home);
      return new InstanceClaim(home, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Writes down a process that came, came back, or went: pass every event of the supervised processes. */
  note(event: ProcessEvent): void {
    if (event.kind === 'stopped') {
      this.records.delete(event.name);
      if (event.name === 'keeper') this.records.delete('postgres');
    } else if (event.kind !== 'failed' && event.record !== undefined) {
      this.records.set(event.name, event.record);
      const kept = event.kind === 'ready' && event.ready.pid !== undefined ? recordOf(event.ready.pid) : undefined;
      if (kept !== undefined) this.records.set('postgres', kept);
    }
    this.write();
  }

  /** From now on the command line finds the instance. */
  announce(addresses: InstanceAddresses): void {
    this.addresses = addresses;
    this.write();
  }

  /** Once everything has stopped. */
  release(): void {
    rmSync(fileOf(this.home), { force: true });
    this.lock.release();
  }

  private write(): void {
    const records = [...this.records];
    const file: InstanceFile = {
      pid: process.pid,
      ...this.addresses,
      secretsDir: this.home.secrets,
      processes: Object.fromEntries(records.map(([name, { pid }]) => [name, pid])),
      identities: Object.fromEntries(
        [...records, [SUPERVISOR, recordOf(process.pid)] as const].map(([name, record]) => [
          name,
          record?.identity ?? '',
        ]),
      ),
    };
    writePrivateFile(fileOf(this.home), `${JSON.stringify(file, undefined, 2)}\n`);
  }
}
