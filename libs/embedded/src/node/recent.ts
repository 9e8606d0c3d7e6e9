import type { StoredRecord } from './record.js';

/**
 * The last events, in memory, so that live readers don't query for each. Bounded by number and by bytes, and never with
 * a gap: a record that doesn't follow the last one starts anew.
 */
export class RecentRecords {
  private records: StoredRecord[] = [];
  private start = 0;
  private bytes = 0;
  private forgottenBytes = 0;

  constructor(
    private readonly maxRecords: number,
    private readonly maxBytes: number,
  ) {}

  push(record: StoredRecord): void {
    const last = this.records.at(-1);
    if (last && record.position !== last.position + 1n) this.clear();
    this.records.push(record);
    this.bytes += record.bytes.length;
    while (this.records.length - this.start > this.maxRecords || this.bytes > this.maxBytes) this.forgetFirst();
    // Copied only now and then, but before what was forgotten weighs as much as what is kept.
    if (this.start > this.maxRecords / 2 || this.forgottenBytes > this.maxBytes / 2) {
      this.records = this.records.slice(this.start);
      this.start = 0;
      this.forgottenBytes = 0;
    }
  }

  /** Up to `max` events right after a position; undefined where they aren't here, or not any more. */
  after(position: bigint, max: number): readonly StoredRecord[] | undefined {
    const first = this.records[this.start];
    if (!first || position + 1n < first.position) return undefined;
    const from = this.start + Number(position + 1n - first.position);
    const found = this.records.slice(from, from + max);
    return found.length > 0 ? found : undefined;
  }

  clear(): void {
    this.records = [];
    this.start = 0;
    this.bytes = 0;
    this.forgottenBytes = 0;
  }

  private forgetFirst(): void {
    const size = this.records[this.start]?.bytes.length ?? 0;
    this.bytes -= size;
    this.forgottenBytes += size;
    this.start++;
  }
}
