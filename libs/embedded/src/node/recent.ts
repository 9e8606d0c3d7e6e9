import type { StoredRecord } from './record.js';

/** The last events, in memory, so that live readers don't query for each. Bounded by number and by bytes. */
export class RecentRecords {
  private records: StoredRecord[] = [];
  private start = 0;
  private bytes = 0;

  constructor(
    private readonly maxRecords: number,
    private readonly maxBytes: number,
  ) {}

  push(record: StoredRecord): void {
    this.records.push(record);
    this.bytes += record.bytes.length;
    while (this.records.length - this.start > this.maxRecords || this.bytes > this.maxBytes) {
      this.bytes -= this.records[this.start]?.bytes.length ?? 0;
      this.start++;
    }
    if (this.start > this.maxRecords) {
      this.records = this.records.slice(this.start);
      this.start = 0;
    }
  }

  /** Up to `max` events right after a position; undefined where they aren't all here any more. Positions have no gaps. */
  after(position: bigint, max: number): readonly StoredRecord[] | undefined {
    const first = this.records[this.start];
    if (!first || position + 1n < first.position) return undefined;
    const from = this.start + Number(position + 1n - first.position);
    return this.records.slice(from, from + max);
  }

  clear(): void {
    this.records = [];
    this.start = 0;
    this.bytes = 0;
  }
}
