import type { EventTable } from './event-table.js';
import type { RecentRecords } from './recent.js';

/** What readers see of the log. */
export interface Log {
  readonly table: EventTable;
  readonly recent: RecentRecords;
  /** The last committed position; 0 for an empty log. */
  readonly head: bigint;
  /** Resolves at the next commit. Ask before looking at `head`, or a commit in between is missed. */
  committed(): Promise<void>;
}

/** One promise that everybody waits on, made anew at each commit. */
export class CommitSignal {
  private resolve: () => void = () => undefined;
  private promise: Promise<void> = this.renew();

  next(): Promise<void> {
    return this.promise;
  }

  notify(): void {
    const { resolve } = this;
    this.promise = this.renew();
    resolve();
  }

  private renew(): Promise<void> {
    return new Promise((resolve) => (this.resolve = resolve));
  }
}
