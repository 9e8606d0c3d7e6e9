import { comparePositions, type LogPosition } from '#libs/kernel';
import type { Decoded } from '#libs/event-store';
import { Bell, within } from '../running/waiting.js';
import { positionOf, recordedAtOf, type LogChunk, type LogSink } from './log-source.js';

export interface QueueLimits {
  /** Events to take at once, and to hold before the reader has to wait. */
  readonly batchEvents: number;
  /** How long a smaller batch waits for more, in milliseconds, unless the reader has nothing more… */
  readonly lingerMs: number;
  /** …and where somebody waits. */
  readonly wantedLingerMs: number;
  /** How long after a batch with events the next one begins at the earliest, unless somebody waits… */
  readonly batchEveryMs: number;
  /** …and for each event that it had; `lingerMs` at most. */
  readonly paceMsPerEvent: number;
  /** How long after a batch with events the next one begins at the earliest where somebody waits. */
  readonly wantedEveryMs: number;
  /** How many times as long as a batch took the next one waits after it; `lingerMs` at most. */
  readonly restFactor: number;
}

/** What waits between a reader and a projection: bounded, so that a slow projection holds its reader back. */
export class ChunkQueue implements LogSink {
  /** Everything up to here was pushed. */
  received: LogPosition;
  private readonly chunks: LogChunk[] = [];
  private events = 0;
  private closed = false;
  private isWanted = false;
  /** The last batch that had events. */
  private previous: { readonly events: number; readonly takenAt: number; doneAt?: number } | undefined;
  private readonly pushed = new Bell();
  private readonly taken = new Bell();

  constructor(
    after: LogPosition,
    /** To be changed with what's done with the batches. */
    public limits: QueueLimits,
  ) {
    this.received = after;
  }

  /** Items that are here already, because another reader brought them, are left out. */
  push(chunk: LogChunk): void {
    if (this.closed) return;
    const isNew = (item: Decoded): boolean => comparePositions(positionOf(item), this.received) > 0;
    const [first] = chunk.items;
    const items = first && !isNew(first) ? chunk.items.filter(isNew) : chunk.items;
    const upTo = comparePositions(chunk.upTo, this.received) > 0 ? chunk.upTo : this.received;
    this.chunks.push({ items, upTo, idle: chunk.idle });
    this.events += items.length;
    this.received = upTo;
    this.pushed.ring();
  }

  async room(): Promise<void> {
    while (!this.closed && this.events >= this.limits.batchEvents) await this.taken.rung();
  }

  /** The next batch, once it's large enough, has waited long enough, or nothing more is at hand. Undefined once closed. */
  async take(): Promise<LogChunk | undefined> {
    if (this.previous) this.previous.doneAt ??= Date.now();
    while (this.chunks.length === 0 && !this.closed) await this.pushed.rung();
    await this.gather();
    if (this.closed) return undefined;
    const items: Decoded[] = [];
    let last: LogChunk | undefined;
    for (let next = this.chunks[0]; next; next = this.chunks[0]) {
      if (last && items.length + next.items.length > this.limits.batchEvents) break;
      last = this.chunks.shift();
      items.push(...next.items);
    }
    this.events -= items.length;
    if (items.length > 0) this.previous = { events: items.length, takenAt: Date.now() };
    this.taken.ring();
    return last && { items, upTo: last.upTo, idle: last.idle };
  }

  /** Whether somebody waits for what's here, or for what comes next. */
  get wanted(): boolean {
    return this.isWanted;
  }

  set wanted(wanted: boolean) {
    this.isWanted = wanted;
    this.pushed.ring();
  }

  /** Ends `take` and `room`. What's still here is dropped. */
  close(): void {
    this.closed = true;
    this.pushed.ring();
    this.taken.ring();
  }

  get waiting(): number {
    return this.events;
  }

  /** When the first waiting event was recorded. */
  get waitingSince(): Date | undefined {
    const first = this.chunks.find(({ items }) => items.length > 0)?.items[0];
    return first && recordedAtOf(first);
  }

  /**
   * When the next batch may begin. A transaction costs much the same for one event and for fifty: under load, a moment's
   * wait makes larger batches; with an event now and then, there's nothing to wait for. On a machine that's short of time
   * every batch takes longer: without a rest, small ones would take what's left of it.
   */
  private get notBefore(): number {
    if (!this.previous) return 0;
    const { events, takenAt, doneAt = takenAt } = this.previous;
    const { batchEveryMs, wantedEveryMs, paceMsPerEvent, restFactor, lingerMs } = this.limits;
    const pace = this.wanted ? wantedEveryMs : Math.max(batchEveryMs, events * paceMsPerEvent);
    const rest = (doneAt - takenAt) * restFactor;
    return Math.max(takenAt + Math.min(pace, lingerMs), doneAt + Math.min(rest, lingerMs));
  }

  private async gather(): Promise<void> {
    const began = Date.now();
    for (;;) {
      const { lingerMs, wantedLingerMs } = this.limits;
      const left = began + (this.wanted ? wantedLingerMs : lingerMs) - Date.now();
      if (this.closed || left <= 0 || this.events >= this.limits.batchEvents) return;
      const early = this.notBefore - Date.now();
      const idle = this.chunks.at(-1)?.idle === true;
      if (idle && early <= 0) return;
      await within(idle ? Math.min(left, early) : left, this.pushed.rung());
    }
  }
}
