import { readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second. */
const TICK_MILLISECONDS = 10;

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** CPU time that a process and its children have used, in milliseconds; undefined where there's no /proc. */
export const cpuMilliseconds = (pid: number): number | undefined => {
  // PostgreSQL works in children; those that have ended are counted by their parent.
  const children = (read(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter((child) => child !== '');
  const own = ownCpuMilliseconds(pid);
  return own === undefined
    ? undefined
    : children.reduce((sum, child) => sum + (cpuMilliseconds(Number(child)) ?? 0), own);
};

const ownCpuMilliseconds = (pid: number): number | undefined => {
  const stat = read(`/proc/${pid}/stat`);
  // The name, in brackets, may hold blanks.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields && [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0) * TICK_MILLISECONDS;
};

/** The most memory that a process ever held, in MiB; undefined where there's no /proc. */
export const peakMebibytes = (pid: number): number | undefined => {
  const kibibytes = /VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return kibibytes === undefined ? undefined : Math.round(Number(kibibytes) / 1024);
};

/** CPU time between two looks at a set of processes. */
export class CpuMeter {
  private readonly before: ReadonlyMap<string, number | undefined>;

  constructor(private readonly pids: ReadonlyMap<string, number>) {
    this.before = new Map([...pids].map(([name, pid]) => [name, cpuMilliseconds(pid)]));
  }

  /** What each process used for one of `events`, as text: `node 31 µs, projector 40 µs`. */
  perEvent(events: number): string {
    return [...this.pids]
      .map(([name, pid]) => {
        const [before, now] = [this.before.get(name), cpuMilliseconds(pid)];
        return before === undefined || now === undefined
          ? `${name} not measured`
          : `${name} ${Math.round(((now - before) * 1000) / events)} µs`;
      })
      .join(', ');
  }

  peaks(): string {
    return [...this.pids]
      .map(([name, pid]) => {
        const peak = peakMebibytes(pid);
        return peak === undefined ? `${name} not measured` : `${name} ${peak} MiB`;
      })
      .join(', ');
  }
}
