import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { endProcesses, identityOf, recordOf, type ProcessRecord } from '../processes/process-record.js';

const FILE = 'postmaster.pid';

/** What the server wrote down about itself: its first line is the pid, its eighth says whether it's ready. */
const read = (dataDir: string): string[] => {
  try {
    return readFileSync(join(dataDir, FILE), 'utf8').split('\n');
  } catch {
    return [];
  }
};

/** Whether the server with this pid says that it takes connections. */
export const saysReady = (dataDir: string, pid: number): boolean => {
  const lines = read(dataDir);
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
};

const link = (path: string): string | undefined => {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
};

const nameOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
};

/** Every process of a server works in its data folder, so that tells our server from any other process. */
const worksIn = (dataDir: string, pid: number): boolean => {
  if (process.platform === 'linux')
    return nameOf(pid) === 'postgres' && link(`/proc/${pid}/cwd`) === realpathSync(dataDir);
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return command.includes('postgres') && command.includes(`-D ${dataDir} `);
  } catch {
    return false;
  }
};

/** Backends that outlive a killed server for a while. Only Linux tells; elsewhere they're left to end by themselves. */
const backends = (dataDir: string): ProcessRecord[] =>
  process.platform === 'linux'
    ? readdirSync('/proc')
        .map(Number)
        .filter((pid) => pid > 0 && worksIn(dataDir, pid))
        .flatMap((pid) => recordOf(pid) ?? [])
    : [];

const FAST = { signal: 'SIGINT', withinMilliseconds: 10_000 } as const;
const IMMEDIATE = { signal: 'SIGQUIT', withinMilliseconds: 5_000 } as const;
const KILL = { signal: 'SIGKILL', withinMilliseconds: 5_000 } as const;

/**
 * Stops a server that was left running in this data folder by a keeper that was killed, and whatever is left of it.
 * A process that has its pid by now, but isn't it, is left alone. Throws an Error if it doesn't go away.
 */
export const stopLeftPostgres = async (dataDir: string): Promise<void> => {
  if (!existsSync(dataDir)) return;
  const pid = Number(read(dataDir)[0] ?? 0);
  const left = pid > 0 && worksIn(dataDir, pid) ? recordOf(pid) : undefined;
  if (left !== undefined) await endProcesses([left], [FAST, IMMEDIATE, KILL]);
  const orphans = backends(dataDir);
  if (orphans.length > 0 && !(await endProcesses(orphans, [IMMEDIATE, KILL])))
    throw new Error(`Processes of an earlier PostgreSQL in ${dataDir} can't be stopped (pid ${orphans[0]?.pid}).`);
  // PostgreSQL would take a process of the same user with that pid for itself, and refuse to start.
  const recycled = pid > 0 && identityOf(pid) !== undefined && !worksIn(dataDir, pid);
  if (recycled) rmSync(join(dataDir, FILE), { force: true });
};
