import { comparePositions, type LogPosition } from '#libs/kernel';
import type { Decoded } from '#libs/event-store';
import { Bell, within } from '../running/waiting.js';
import { positionOf, recordedAtOf, type LogChunk, type LogSink } from './log-source.js';

export interface QueueLimits {
  /** Events to take at once, and to hold before the reader has to wait. */
  readonly batchEvents: number;
  /** How long a smaller batch waits for more, in milliseconds, unless the reader has nothing more. */
  readonly lingerMs: number;
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
  private wanted = false;
  /** The batch that was taken last. */
  private previous: { readonly events: number; readonly takenAt: number; doneAt: number } | undefined;
  private readonly pushed = new Bell();
  private readonly taken = new Bell();

  constructor(
    after: LogPosition,
    private readonly limits: QueueLimits,
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
    if (this.previous) this.previous.doneAt = Date.now();
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
    this.previous = { events: items.length, takenAt: Date.now(), doneAt: Date.now() };
    this.wanted = false;
    this.taken.ring();
    return last && { items, upTo: last.upTo, idle: last.idle };
  }

  /** Somebody waits for what's here, or for what comes next. */
  hurry(): void {
    this.wanted = true;
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
    const { events, takenAt, doneAt } = this.previous;
    const { batchEveryMs, wantedEveryMs, paceMsPerEvent, restFactor, lingerMs } = this.limits;
    const pace = this.wanted ? wantedEveryMs : Math.max(batchEveryMs, events * paceMsPerEvent);
    return Math.max(
      events === 0 ? 0 : takenAt + Math.min(pace, lingerMs),
      doneAt + Math.min((doneAt - takenAt) * restFactor, lingerMs),
    );
  }

  private async gather(): Promise<void> {
    const deadline = Date.now() + this.limits.lingerMs;
    for (;;) {
      const left = deadline - Date.now();
      if (this.closed || left <= 0 || this.events >= this.limits.batchEvents) return;
      const early = this.notBefore - Date.now();
      const idle = this.chunks.at(-1)?.idle === true;
      if (idle && early <= 0) return;
      await within(idle ? Math.min(left, early) : left, this.pushed.rung());
    }
  }
}
