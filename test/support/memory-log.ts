import type { Decoded, LogItem, LogSubscription, RawEvent } from '#libs/event-store';
import { START, type LogPosition, type StoredEvent } from '#libs/kernel';
import { randomUUID } from 'node:crypto';

export interface NewEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly streamId?: string;
  readonly subjectId?: string;
}

interface Subscriber {
  next: number;
  paused: boolean;
  caughtUp: boolean;
  readonly onItem: (item: LogItem) => void;
  readonly onEnd: (error?: Error) => void;
}

const BASE = Date.parse('2026-01-01T00:00:00.000Z');

/** The event that stands for a raw one: what the codec would make of it. */
export const storedEvent = (raw: RawEvent): StoredEvent => ({
  id: raw.id,
  type: raw.type,
  data: raw.data,
  streamId: raw.streamId,
  revision: raw.revision,
  position: raw.position,
  ...(raw.metadata as { subjectId?: string }),
  occurredAt: raw.recordedAt,
  timePrecision: 'instant',
  recordedAt: raw.recordedAt,
  correlationId: raw.id,
  causationId: raw.id,
  actor: { kind: 'system', id: 'test' },
  source: 'test',
});

/** An event log in memory, delivered as the real one is: asynchronously, in order, held back by pause. */
export class MemoryLog {
  readonly events: RawEvent[] = [];
  /** How many subscriptions were made. */
  subscriptions = 0;
  private readonly subscribers = new Set<Subscriber>();

  /** Subscriptions that are open. */
  get open(): number {
    return this.subscribers.size;
  }

  append(...events: readonly NewEvent[]): LogPosition {
    for (const { type, data = {}, streamId = 'thing-1', subjectId } of events) {
      const n = BigInt(this.events.length + 1);
      this.events.push({
        id: randomUUID(),
        type,
        streamId,
        revision: this.events.filter((event) => event.streamId === streamId).length,
        position: { commit: n, prepare: n },
        recordedAt: new Date(BASE + Number(n) * 1_000),
        data,
        metadata: subjectId === undefined ? {} : { subjectId },
      });
    }
    for (const subscriber of this.subscribers) this.deliver(subscriber);
    return this.events.at(-1)?.position ?? START;
  }

  head(): Promise<LogPosition> {
    return Promise.resolve(this.events.at(-1)?.position ?? START);
  }

  subscribe(options: {
    after: LogPosition;
    onItem: (item: LogItem) => void;
    onEnd: (error?: Error) => void;
  }): LogSubscription {
    this.subscriptions++;
    const { after, onItem, onEnd } = options;
    const subscriber: Subscriber = { next: Number(after.commit), paused: false, caughtUp: false, onItem, onEnd };
    this.subscribers.add(subscriber);
    this.deliver(subscriber);
    return {
      pause: () => void (subscriber.paused = true),
      resume: () => {
        subscriber.paused = false;
        this.deliver(subscriber);
      },
      close: () => {
        this.subscribers.delete(subscriber);
        return Promise.resolve();
      },
    };
  }

  async *readStream(
    streamId: string,
    { fromRevision = 0, maxCount = Infinity }: { fromRevision?: number; maxCount?: number } = {},
  ): AsyncGenerator<RawEvent> {
    await Promise.resolve();
    const events = this.events.filter((event) => event.streamId === streamId && event.revision >= fromRevision);
    yield* events.slice(0, maxCount);
  }

  /** Ends every subscription, as a server that restarts does. */
  dropSubscriptions(): void {
    for (const subscriber of this.subscribers) {
      this.subscribers.delete(subscriber);
      subscriber.onEnd(new Error('the server went away'));
    }
  }

  /** Subscriptions stay open and say nothing any more. */
  fallSilent(): void {
    this.subscribers.clear();
  }

  private deliver(subscriber: Subscriber): void {
    setImmediate(() => {
      while (this.subscribers.has(subscriber) && !subscriber.paused) {
        const event = this.events[subscriber.next];
        if (event) {
          subscriber.next++;
          subscriber.onItem({ kind: 'event', event });
        } else {
          if (!subscriber.caughtUp) subscriber.onItem({ kind: 'caught-up' });
          subscriber.caughtUp = true;
          return;
        }
      }
    });
  }
}

/** Decodes what the memory log holds. Types named here come out as the codec's failures. */
export class MemoryDecoder {
  readonly failing = new Map<string, 'unknown-type' | 'unknown-version' | 'invalid'>();
  /** Whether the keys can't be had at the moment. */
  away = false;
  /** Events decoded so far. */
  decoded = 0;

  decodeMany(raws: readonly RawEvent[]): Promise<Decoded[]> {
    if (this.away) return Promise.reject(new Error('the keys are away'));
    this.decoded += raws.length;
    return Promise.resolve(
      raws.map((raw): Decoded => {
        const reason = this.failing.get(raw.type);
        return reason ? { ok: false, reason, raw, message: reason } : { ok: true, event: storedEvent(raw) };
      }),
    );
  }
}
