import { Coalescer, START, type LogPosition } from '#libs/kernel';
import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  eventTypeFilter,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  START as FROM_START,
  StreamNotFoundError,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { EventStoreUnavailableError } from '../errors.js';
import { isWithoutNode, translate } from './client-errors.js';
import { notSilent, unlessHeard, within } from './not-silent.js';
import { OrderedDelivery } from './ordered-delivery.js';
import type { AppendResult, EncodedEvent, LogItem, LogSubscription, RawEvent } from './raw-event.js';
import { bounded, StoreConnection } from './store-connection.js';

/** An append takes milliseconds; the next try after this recognises its own events if the first did take effect. */
const APPEND_MILLISECONDS = 5_000;
/** The store gives up first, if it's there: its client tells it the deadline of an append, and doesn't keep it. */
const APPEND_SILENCE_MILLISECONDS = 7_000;
/** A read on which nothing has come for this long, and a subscription that isn't confirmed, is given up: the client itself would wait for ever. */
const READ_SILENCE_MILLISECONDS = 8_000;
/** Events that a subscription may hold ready; more would only cost memory. */
const READ_AHEAD = 1_024;
/** Every event type that doesn't belong to the store itself. */
const OUR_EVENTS = '^[^$]';

type Recorded = NonNullable<ResolvedEvent['event']>;

const toRaw = (event: Recorded, position: LogPosition | undefined): RawEvent => ({
  id: event.id,
  type: event.type,
  streamId: event.streamId,
  revision: Number(event.revision),
  position: event.position ?? position ?? START,
  recordedAt: event.created,
  data: event.data,
  metadata: event.metadata,
});

const encoder = new TextEncoder();
/**
 * As the client would encode it, but as bytes: what it encodes itself goes through base64, twice in JavaScript, which
 * took a third of an append's time.
 */
const jsonBytes = (value: object): Uint8Array => encoder.encode(JSON.stringify(value));

/**
 * The event log: the only place that touches `@eventstore/db-client`, and one of it a process, because the client's
 * table of pending appends is global to its module.
 */
@Injectable()
export class EventLog implements OnApplicationShutdown {
  private readonly connection: StoreConnection;
  private readonly heads = new Coalescer<void, LogPosition>(async (callers) => {
    const head = await this.readHead();
    return callers.map(() => head);
  });

  /** @param url an `esdb://` or `esdb+discover://` connection string */
  constructor(url: string, connectionName = 'rapport') {
    const separator = url.includes('?') ? '&' : '?';
    const named = /[?&]connectionName=/i.test(url) ? url : `${url}${separator}connectionName=${connectionName}`;
    this.connection = new StoreConnection(named);
  }

  /**
   * Appends all events or none. `expected` is the revision that they were decided on.
   * Sending the same events again after EventStoreUnavailableError is safe: the store knows their ids.
   */
  async append(
    streamId: string,
    expected: number | 'no-stream',
    events: readonly EncodedEvent[],
  ): Promise<AppendResult> {
    const client = await this.connection.settled();
    try {
      const appended = client.appendToStream(
        streamId,
        events.map((event) =>
          jsonEvent({ id: event.id, type: event.type, data: event.data, metadata: jsonBytes(event.metadata) }),
        ),
        { expectedRevision: expected === 'no-stream' ? NO_STREAM : BigInt(expected), deadline: APPEND_MILLISECONDS },
      );
      const result = await within(appended, APPEND_SILENCE_MILLISECONDS, () => this.connection.renew(client));
      return { revision: Number(result.nextExpectedRevision), position: result.position ?? (await this.head()) };
    } catch (error) {
      throw this.translated(client, error, streamId);
    }
  }

  /**
   * The events of a stream; none for a stream that doesn't exist. Read it to its end, and bound it by `maxCount`:
   * the client never forgets a read that was left early.
   */
  async *readStream(
    streamId: string,
    options: { fromRevision?: number; maxCount?: number; direction?: 'forwards' | 'backwards' } = {},
  ): AsyncGenerator<RawEvent> {
    const backwards = options.direction === 'backwards';
    let events: StreamingRead<ResolvedEvent> | undefined;
    let ended = false;
    const client = await this.connection.settled();
    try {
      events = client.readStream(streamId, {
        direction: backwards ? BACKWARDS : FORWARDS,
        fromRevision:
          options.fromRevision === undefined ? (backwards ? END : FROM_START) : BigInt(options.fromRevision),
        maxCount: options.maxCount ?? Number.MAX_SAFE_INTEGER,
      });
      for await (const { event, commitPosition } of this.notSilent(client, events)) {
        if (event)
          yield toRaw(
            event,
            commitPosition === undefined ? undefined : { commit: commitPosition, prepare: commitPosition },
          );
      }
      ended = true;
    } catch (error) {
      if (error instanceof StreamNotFoundError) return;
      throw this.translated(client, error, streamId);
    } finally {
      // Not awaited: without a connection it never ends.
      if (!ended) void events?.cancel().catch(() => undefined);
    }
  }

  /** Of the last event of a stream; -1 for a stream that doesn't exist. */
  async lastRevision(streamId: string): Promise<number> {
    let revision = -1;
    for await (const event of this.readStream(streamId, { direction: 'backwards', maxCount: 1 }))
      revision = event.revision;
    return revision;
  }

  /** The position of the last event that isn't the store's own; START for an empty log. Callers at once share one read. */
  head(): Promise<LogPosition> {
    return this.heads.call();
  }

  private async readHead(): Promise<LogPosition> {
    const client = await this.connection.settled();
    try {
      let from: LogPosition | typeof END = END;
      // Mostly the last event is one of ours; a real server may have written some of its own after it.
      for (let maxCount = 1; ; maxCount = 64) {
        let last: LogPosition | undefined;
        // Read to its end: a read that's left early stays open.
        let found: LogPosition | undefined;
        for await (const { event } of this.notSilent(
          client,
          client.readAll({ direction: BACKWARDS, fromPosition: from, maxCount }),
        )) {
          if (!event) continue;
          if (!event.type.startsWith('$')) found ??= event.position;
          last = event.position;
        }
        if (found !== undefined) return found;
        if (last === undefined) return START;
        from = last;
      }
    } catch (error) {
      throw this.translated(client, error, '$all');
    }
  }

  /** A client that found no node of its cluster remembers that, and would go on failing when they are back. */
  private translated(client: EventStoreDBClient, error: unknown, streamId: string): unknown {
    if (isWithoutNode(error)) this.connection.renew(client);
    return translate(error, streamId);
  }

  /**
   * Every event after `after` but the store's own, in order, then live. `onEnd` is called once when delivery ends by
   * itself, with the error that broke it; the subscription never reconnects.
   */
  subscribe(options: {
    after: LogPosition;
    onItem: (item: LogItem) => void;
    onEnd: (error?: Error) => void;
  }): LogSubscription {
    const { after, onItem, onEnd } = options;
    let ended = false;
    const { client } = this.connection;
    const heard = unlessHeard(READ_SILENCE_MILLISECONDS, () => {
      this.connection.renew(client);
      end(new EventStoreUnavailableError());
    });
    const end = (error?: Error): void => {
      heard();
      if (ended) return;
      ended = true;
      onEnd(error);
    };
    const subscription = client.subscribeToAll(
      {
        fromPosition: after.commit === 0n ? FROM_START : after,
        filter: eventTypeFilter({
          regex: OUR_EVENTS,
          checkpointInterval: 1,
          checkpointReached: (_, position) => {
            if (!ended) delivery.mark({ kind: 'checkpoint', position }, subscription.readableLength);
          },
        }),
      },
      { highWaterMark: READ_AHEAD },
    );
    const delivery = new OrderedDelivery(onItem);
    subscription.on('confirmation', heard);
    subscription.on('data', ({ event, commitPosition }) => {
      if (ended) return;
      const position = commitPosition === undefined ? undefined : { commit: commitPosition, prepare: commitPosition };
      if (event) delivery.event({ kind: 'event', event: toRaw(event, position) });
    });
    subscription.on('caughtUp', () => {
      if (!ended) delivery.mark({ kind: 'caught-up' }, subscription.readableLength);
    });
    subscription.on('error', (error: Error) => end(this.translated(client, error, '$all') as Error));
    subscription.on('end', () => end());
    subscription.on('close', () => end());
    return {
      pause: () => void subscription.pause(),
      resume: () => void subscription.resume(),
      close: async () => {
        ended = true;
        heard();
        await bounded(subscription.unsubscribe().catch(() => undefined));
      },
    };
  }

  /** Throws EventStoreUnavailableError unless the store answers. */
  async ping(): Promise<void> {
    await this.head();
  }

  /** A read that falls silent says that its connection has. */
  private async *notSilent<T>(client: EventStoreDBClient, events: StreamingRead<T>): AsyncGenerator<T> {
    yield* notSilent(events, READ_SILENCE_MILLISECONDS, () => this.connection.renew(client));
    // A read that was ended together with its client looks like one that has found no more.
    if (!this.connection.holds(client)) throw new EventStoreUnavailableError();
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}
