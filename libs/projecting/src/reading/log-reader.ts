import { comparePositions, type LogPosition } from '#libs/kernel';
import type { Decoded, LogItem, LogSubscription, RawEvent } from '#libs/event-store';
import { faultOf, type EngineLog } from '../running/engine-log.js';
import type { Tuning } from '../running/tuning.js';
import { Backoff, Bell, rest, within } from '../running/waiting.js';
import type { LogDecoder, LogSink, LogSource } from './log-source.js';

export interface LogReaderOptions {
  readonly log: LogSource;
  readonly decoder: LogDecoder;
  readonly logger: EngineLog;
  readonly tuning: Tuning;
  /** Called after each chunk was handed on. */
  readonly onDispatch?: (reader: LogReader) => void;
  /** Called for a sink that has no room for long while others have: it should be given a reader of its own. */
  readonly onLag?: (reader: LogReader, sink: LogSink) => void;
}

/**
 * Reads the log once for many sinks: subscribes, decodes in chunks, hands each chunk to every sink in order. The next
 * chunk is decoded while the sinks work on the last. A subscription that breaks or falls silent is made anew from where
 * it stopped.
 */
export class LogReader {
  /** Whether the subscription has caught up with the log. */
  live = false;
  /** Everything up to here was handed to the sinks. */
  dispatched: LogPosition;
  readonly sinks = new Set<LogSink>();
  /** Whether what was received can't be decoded at the moment. */
  retrying = false;

  /** What is being decoded, or waits for room. */
  private inHand: readonly LogItem[] = [];
  private readonly incoming: LogItem[] = [];
  private readonly arrived = new Bell();
  private readonly closing = new AbortController();
  private readonly backoff: Backoff;
  private received: LogPosition;
  private arrivals = 0;
  private subscription: LogSubscription | undefined;
  /** Which subscription counts: what an earlier one still says is ignored. */
  private attempt = 0;
  private paused = false;
  private readonly work: Promise<void>;
  private readonly watch: Promise<void>;

  constructor(
    after: LogPosition,
    private readonly options: LogReaderOptions,
  ) {
    this.dispatched = this.received = after;
    this.backoff = new Backoff(options.tuning.firstBackoffMs, options.tuning.longestBackoffMs);
    this.subscribe();
    this.work = this.pump();
    this.watch = this.watchSilence();
  }

  /** Nothing is handed on from here on. Resolves once nothing is under way any more; the sinks must make room. */
  async close(): Promise<void> {
    this.closing.abort();
    this.attempt++;
    this.arrived.ring();
    await this.subscription?.close();
    await Promise.all([this.work, this.watch]);
  }

  /** What came after a position and wasn't handed on, all of it or what somebody means: a reader that's stuck shows by it. */
  heldAfter(
    position: LogPosition,
    isMeant: (event: RawEvent) => boolean = () => true,
  ): { readonly events: number; readonly since: Date | undefined } {
    const held = [...this.inHand, ...this.incoming].flatMap((item) =>
      item.kind === 'event' && comparePositions(item.event.position, position) > 0 && isMeant(item.event)
        ? [item.event]
        : [],
    );
    return { events: held.length, since: held[0]?.recordedAt };
  }

  private get closed(): boolean {
    return this.closing.signal.aborted;
  }

  private subscribe(): void {
    this.live = false;
    this.paused = false;
    const attempt = ++this.attempt;
    this.subscription = this.options.log.subscribe({
      after: this.received,
      onItem: (item) => {
        if (attempt === this.attempt) this.take(item);
      },
      onEnd: (error) => {
        if (attempt === this.attempt) void this.resubscribe(error);
      },
    });
  }

  private async resubscribe(error?: unknown): Promise<void> {
    const broken = this.subscription;
    this.subscription = undefined;
    this.attempt++;
    if (this.closed) return;
    this.live = false;
    const wait = this.backoff.next();
    this.options.logger.warn({ fault: error && faultOf(error), retryInMs: Math.round(wait) }, 'subscription ended');
    await broken?.close();
    await rest(wait, this.closing.signal);
    if (!this.closed) this.subscribe();
  }

  private take(item: LogItem): void {
    this.arrivals++;
    this.backoff.reset();
    if (item.kind !== 'caught-up') {
      const position = item.kind === 'event' ? item.event.position : item.position;
      if (comparePositions(position, this.received) <= 0) return;
      this.received = position;
      // Of checkpoints in a row only the last one says anything.
      if (item.kind === 'checkpoint' && this.incoming.at(-1)?.kind === 'checkpoint') this.incoming.pop();
    }
    this.incoming.push(item);
    if (!this.paused && this.incoming.length >= this.options.tuning.readAheadEvents) {
      this.paused = true;
      this.subscription?.pause();
    }
    this.arrived.ring();
  }

  private async pump(): Promise<void> {
    const { batchEvents } = this.options.tuning;
    while (!this.closed) {
      if (this.incoming.length === 0) {
        await this.arrived.rung();
        continue;
      }
      if (this.isCatchingUp) await rest(this.options.tuning.gatherMs, this.closing.signal);
      const taken = this.incoming.splice(0, batchEvents);
      if (this.paused && this.incoming.length < batchEvents) {
        this.paused = false;
        this.subscription?.resume();
      }
      this.inHand = taken;
      await this.hand(taken);
      this.inHand = [];
    }
  }

  /** More is on its way: larger chunks cost less an event. */
  private get isCatchingUp(): boolean {
    return (
      !this.live && this.incoming.length < this.options.tuning.batchEvents && this.incoming.at(-1)?.kind === 'event'
    );
  }

  private async hand(taken: readonly LogItem[]): Promise<void> {
    const raws: RawEvent[] = [];
    let upTo = this.dispatched;
    let caughtUp = false;
    for (const item of taken) {
      if (item.kind === 'event') raws.push(item.event);
      if (item.kind === 'caught-up') caughtUp = true;
      else upTo = item.kind === 'event' ? item.event.position : item.position;
    }
    const items = await this.decode(raws);
    await this.room();
    if (this.closed) return;
    if (caughtUp && this.subscription) this.live = true;
    this.dispatched = upTo;
    const chunk = { items, upTo, idle: this.live && this.incoming.length === 0 };
    for (const sink of this.sinks) sink.push(chunk);
    this.options.onDispatch?.(this);
  }

  /** Resolves once every sink has room. One that holds the others up for too long is let go. */
  private async room(): Promise<void> {
    const full = new Set(this.sinks);
    const free = Promise.all(
      [...full].map(async (sink) => {
        await sink.room();
        full.delete(sink);
      }),
    );
    // While none has room it's the machine that's slow; once one has, whoever hasn't holds it up.
    while (this.sinks.size > 1 && full.size > 0 && !this.closed) {
      await within(this.options.tuning.leaveAfterMs, free);
      if (full.size === this.sinks.size) continue;
      for (const sink of full) this.options.onLag?.(this, sink);
      break;
    }
    await Promise.all([...this.sinks].map((sink) => sink.room()));
  }

  /**
   * Decoding needs keys, and so the database: whatever goes wrong there, the events are still the same ones. What's wrong
   * with an event itself doesn't come here: the decoder gives that event back as broken.
   */
  private async decode(raws: readonly RawEvent[]): Promise<readonly Decoded[]> {
    const backoff = new Backoff(this.options.tuning.firstBackoffMs, this.options.tuning.longestBackoffMs);
    while (raws.length > 0 && !this.closed) {
      try {
        const decoded = await this.options.decoder.decodeMany(raws);
        this.retrying = false;
        return decoded;
      } catch (error) {
        this.retrying = true;
        const wait = backoff.next();
        this.options.logger.warn({ fault: faultOf(error), retryInMs: Math.round(wait) }, 'events not decoded');
        await rest(wait, this.closing.signal);
      }
    }
    return [];
  }

  /** A connection can die without a word. If the log has moved on and nothing came, twice in a row, it's made anew. */
  private async watchSilence(): Promise<void> {
    let seen = -1;
    let missed = 0;
    for (;;) {
      await rest(this.options.tuning.silenceMs, this.closing.signal);
      if (this.closed) return;
      const silent = this.arrivals === seen && !this.paused && this.subscription !== undefined;
      seen = this.arrivals;
      missed = silent && (await this.isBehind()) && seen === this.arrivals ? missed + 1 : 0;
      if (missed < 2) continue;
      missed = 0;
      await this.resubscribe(new SilentSubscriptionError());
    }
  }

  private async isBehind(): Promise<boolean> {
    try {
      return comparePositions(await this.options.log.head(), this.received) > 0;
    } catch {
      // A log that doesn't answer ends its subscriptions by itself.
      return false;
    }
  }
}

class SilentSubscriptionError extends Error {
  constructor() {
    super('The log has moved on, and its subscription has said nothing.');
    this.name = 'SilentSubscriptionError';
  }
}
