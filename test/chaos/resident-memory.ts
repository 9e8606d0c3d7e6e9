import { readFileSync } from 'node:fs';

const LOOK_MILLISECONDS = 100;

/** 0 for a process that has ended. */
const megabytesOf = (pid: number | undefined): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
};

/** Watches how much memory processes hold. Linux only, as the suites that use it. */
export class ResidentMemory {
  private readonly first: ReadonlyMap<string, number>;
  private readonly most: Map<string, number>;
  private readonly timer: NodeJS.Timeout;

  /** @param pids by a name for each process */
  constructor(private readonly pids: ReadonlyMap<string, number | undefined>) {
    this.first = new Map([...pids].map(([name, pid]) => [name, megabytesOf(pid)]));
    this.most = new Map(this.first);
    this.timer = setInterval(() => this.look(), LOOK_MILLISECONDS);
  }

  /** By how many megabytes each has grown at most. */
  stop(): ReadonlyMap<string, number> {
    this.look();
    clearInterval(this.timer);
    return new Map([...this.most].map(([name, most]) => [name, Math.round(most - (this.first.get(name) ?? 0))]));
  }

  private look(): void {
    for (const [name, pid] of this.pids) this.most.set(name, Math.max(this.most.get(name) ?? 0, megabytesOf(pid)));
  }
}
