import type { ServerWritableStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { RecordFilter } from './filter.js';
import type { Log } from './log.js';
import type { StoredRecord } from './record.js';

type ReadCall = ServerWritableStream<streams.ReadReq, Buffer | streams.ReadResp>;

const PAGE = 1_000;
/** The server's own unit for checkpoints of filtered subscriptions. */
export const CHECKPOINT_WINDOW = 32;

/** What goes to one reader, with back-pressure: `send` waits while the reader is slow. */
export class ReaderConnection {
  private cancelled = false;
  private wake: () => void = () => undefined;

  constructor(private readonly call: ReadCall) {
    call.on('cancelled', () => {
      this.cancelled = true;
      this.wake();
    });
  }

  get gone(): boolean {
    return this.cancelled || this.call.destroyed;
  }

  async send(message: Buffer | streams.ReadResp): Promise<void> {
    if (this.gone || this.call.write(message)) return;
    const gone = new Promise<void>((resolve) => (this.wake = resolve));
    const drained = new AbortController();
    await Promise.race([once(this.call, 'drain', { signal: drained.signal }).catch(() => undefined), gone]);
    drained.abort();
    this.wake = () => undefined;
  }

  /** Waits for a signal, or for the reader to go away. */
  async idle(signal: Promise<void>): Promise<void> {
    const gone = new Promise<void>((resolve) => (this.wake = resolve));
    if (!this.gone) await Promise.race([signal, gone]);
    this.wake = () => undefined;
  }

  end(): void {
    if (!this.gone) this.call.end();
  }
}

const confirmation = (): streams.ReadResp => {
  const response = new streams.ReadResp();
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(randomUUID());
  response.setConfirmation(confirmed);
  return response;
};

const caughtUp = (): streams.ReadResp => {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
};

const checkpoint = (position: bigint): streams.ReadResp => {
  const response = new streams.ReadResp();
  const at = new streams.ReadResp.Checkpoint();
  at.setCommitPosition(position.toString());
  at.setPreparePosition(position.toString());
  response.setCheckpoint(at);
  return response;
};

export const streamNotFound = (stream: string): streams.ReadResp => {
  const response = new streams.ReadResp();
  const notFound = new streams.ReadResp.StreamNotFound();
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  notFound.setStreamIdentifier(identifier);
  response.setStreamNotFound(notFound);
  return response;
};

/** Sends pages until there's nothing more or `limit` events were sent. Gives what `next` starts from. */
export const sendPages = async (
  reader: ReaderConnection,
  limit: bigint,
  next: (size: number) => Promise<readonly StoredRecord[]>,
  wanted: RecordFilter = () => true,
): Promise<number> => {
  let sent = 0;
  while (!reader.gone && BigInt(sent) < limit) {
    const left = limit - BigInt(sent);
    const page = await next(left < BigInt(PAGE) ? Number(left) : PAGE);
    for (const record of page) {
      if (BigInt(sent) >= limit || reader.gone) return sent;
      if (!wanted(record)) continue;
      await reader.send(record.bytes);
      sent++;
    }
    if (page.length === 0) break;
  }
  return sent;
};

export interface AllSubscription {
  /** Events after this position. */
  readonly after: bigint;
  readonly filter?: RecordFilter;
  /** Events read between two checkpoints; only filtered subscriptions have checkpoints. */
  readonly checkpointEvery?: number;
}

/**
 * Catches up from the table, goes on with what's in memory, and falls back to the table whenever it's slower than that.
 * One cursor over gapless positions: nothing is left out, nothing comes twice, wherever an event is taken from.
 */
export const subscribeToAll = async (
  reader: ReaderConnection,
  log: Log,
  { after, filter, checkpointEvery }: AllSubscription,
): Promise<void> => {
  await reader.send(confirmation());
  let cursor = after;
  let sinceCheckpoint = 0;
  let live = false;
  while (!reader.gone) {
    const committed = log.committed();
    if (cursor >= log.head) {
      if (!live) {
        live = true;
        if (checkpointEvery !== undefined && log.head > 0n)
          await reader.send(checkpoint(cursor > log.head ? log.head : cursor));
        await reader.send(caughtUp());
        continue;
      }
      await reader.idle(committed);
      continue;
    }
    const page = log.recent.after(cursor, PAGE) ?? (await log.table.allForwards(cursor, PAGE));
    for (const record of page) {
      if (reader.gone) return;
      if (!filter || filter(record)) await reader.send(record.bytes);
      cursor = record.position;
      if (checkpointEvery !== undefined && ++sinceCheckpoint >= checkpointEvery) {
        sinceCheckpoint = 0;
        await reader.send(checkpoint(cursor));
      }
    }
  }
};

/** As above, for one stream: `from` is the first revision wanted. */
export const subscribeToStream = async (
  reader: ReaderConnection,
  log: Log,
  stream: string,
  from: bigint,
): Promise<void> => {
  await reader.send(confirmation());
  let next = from;
  // Up to here the table was read: later events of the stream can be taken from memory.
  let seen: bigint | undefined;
  let live = false;
  while (!reader.gone) {
    const committed = log.committed();
    const head = log.head;
    const recent: readonly StoredRecord[] | undefined = seen === undefined ? undefined : log.recent.after(seen, PAGE);
    if (recent) {
      for (const record of recent) {
        seen = record.position;
        if (record.stream !== stream || record.revision < next) continue;
        await reader.send(record.bytes);
        next = record.revision + 1n;
      }
      if (recent.length > 0) continue;
    } else if (seen === undefined || seen < head) {
      let page: StoredRecord[];
      do {
        page = await log.table.streamForwards(stream, next, PAGE);
        for (const record of page) {
          if (reader.gone) return;
          await reader.send(record.bytes);
          next = record.revision + 1n;
        }
      } while (page.length > 0 && !reader.gone);
      seen = head;
    }
    if (!live && seen !== undefined && seen >= log.head) {
      live = true;
      await reader.send(caughtUp());
      continue;
    }
    if (seen !== undefined && seen >= log.head) await reader.idle(committed);
  }
};
