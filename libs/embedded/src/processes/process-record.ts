import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { waitUntil } from './wait-until.js';

/** A process that can be recognised later, even when its pid has been given to another one meanwhile. */
export interface ProcessRecord {
  readonly pid: number;
  /** When it started, in words that only this machine's present boot understands. */
  readonly identity: string;
}

const fromProc = (pid: number): string | undefined => {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field, the name, is in parentheses and may hold blanks and parentheses; what follows has neither.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  // A zombie holds nothing but its pid.
  if (state === 'Z' || state === 'X') return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${startTicks}`;
};

const fromPs = (pid: number): string | undefined => {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    }).trim();
    const [state = '', ...started] = line.split(/\s+/);
    return line === '' || state.startsWith('Z') ? undefined : started.join(' ');
  } catch {
    return undefined;
  }
};

/** Tells a process from any other that had, or will have, its pid. `undefined` if there's none, or only a zombie. */
export const identityOf = (pid: number): string | undefined =>
  process.platform === 'linux' ? fromProc(pid) : fromPs(pid);

export const recordOf = (pid: number): ProcessRecord | undefined => {
  const identity = identityOf(pid);
  return identity === undefined ? undefined : { pid, identity };
};

/** Whether it's this very process that runs, not another one with its pid. */
export const isRunning = ({ pid, identity }: ProcessRecord): boolean => identityOf(pid) === identity;

/** Signals this very process; does nothing if it has gone. */
export const signal = (record: ProcessRecord, name: NodeJS.Signals): void => {
  if (!isRunning(record)) return;
  try {
    process.kill(record.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** One signal, and how long its effect may take before the next one is sent. */
export interface Stage {
  readonly signal: NodeJS.Signals;
  readonly withinMilliseconds: number;
}

/** Sends the signals one after the other until all have gone. False if some are left after the last. */
export const endProcesses = async (records: readonly ProcessRecord[], stages: readonly Stage[]): Promise<boolean> => {
  const left = (): ProcessRecord[] => records.filter(isRunning);
  for (const stage of stages) {
    for (const record of left()) signal(record, stage.signal);
    const gone = await waitUntil(() => left().length === 0, stage);
    if (gone) return true;
  }
  return left().length === 0;
};
