import type { StoredRecord } from './record.js';
import { RecentRecords } from './recent.js';

const RECENT_RECORDS = 20_000;
const RECENT_BYTES = 64 * 1024 * 1024;

/** The committed log as live readers follow it: its head, its last events, and a signal at each commit. */
export class CommittedLog {
  private last = 0n;
  private readonly recent = new RecentRecords(RECENT_RECORDS, RECENT_BYTES);
  private wake: () => void = () => undefined;
  private next: Promise<void> = this.renew();

  /** The last committed position; 0 for an empty log. */
  get head(): bigint {
    return this.last;
  }

  /** What was committed, in the order of positions, right after `head`. */
  publish(records: readonly StoredRecord[]): void {
    for (const record of records) this.recent.push(record);
    this.last = records.at(-1)?.position ?? this.last;
    this.signal();
  }

  /** The log ends at that position now, and nothing of it is in memory. */
  restart(head: bigint): void {
    this.recent.clear();
    this.last = head;
    this.signal();
  }

  /** Up to `max` events right after a position, from memory; undefined where they have to be read from the table. */
  after(position: bigint, max: number): readonly StoredRecord[] | undefined {
    return this.recent.after(position, max);
  }

  /** Resolves at the next commit. Ask before looking at `head`, or a commit in between is missed. */
  committed(): Promise<void> {
    return this.next;
  }

  private signal(): void {
    const { wake } = this;
    this.next = this.renew();
    wake();
  }

  private renew(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
