import streams from '@eventstore/db-client/generated/streams_pb.js';
import { invalidArgument, unavailable } from './errors.js';
import { recordFilter, type RecordFilter } from './filter.js';
import { streamNameOf } from './proposed-append.js';
import { streamNotFound } from './read-messages.js';
import { ReaderConnection, type ReadCall } from './reader-connection.js';
import type { StoredRecord } from './record.js';
import type { Report } from './report.js';
import { subscribeToAll, subscribeToStream, type LogSource } from './subscriptions.js';

type Options = streams.ReadReq.Options;

const { BACKWARDS } = streams.ReadReq.Options.ReadDirection;
const PAGE = 1_000;
/** The server's own unit for the checkpoints of filtered subscriptions, in events. */
const CHECKPOINT_WINDOW = 32;
/** Positions and revisions beyond what PostgreSQL's bigint holds mean the end. */
const MAX = 2n ** 63n - 1n;

const clamp = (value: string): bigint => {
  const n = BigInt(value);
  return n > MAX ? MAX : n;
};

const filterOf = (options: Options): RecordFilter | undefined => {
  const filter = options.getFilter();
  const expression = filter?.getStreamIdentifier() ?? filter?.getEventType();
  if (!filter || !expression) return undefined;
  return recordFilter({
    on: filter.hasStreamIdentifier() ? 'stream' : 'type',
    prefixes: expression.getPrefixList(),
    regex: expression.getRegex(),
  });
};

/** Sends pages until there's nothing more or `limit` events were sent; gives how many were. */
const sendPages = async (
  reader: ReaderConnection,
  limit: bigint,
  next: (size: number) => Promise<readonly StoredRecord[]>,
  filter?: RecordFilter,
): Promise<bigint> => {
  let left = limit;
  while (!reader.gone && left > 0n) {
    const size = filter || left > BigInt(PAGE) ? PAGE : Number(left);
    const page = await next(size);
    for (const record of page) {
      if (filter && !filter(record)) continue;
      if (left-- <= 0n || reader.gone) return limit;
      if (!reader.write(record.bytes)) await reader.drained();
    }
    if (page.length < size) break;
  }
  return limit - left;
};

const readStream = async (reader: ReaderConnection, source: LogSource, options: Options): Promise<void> => {
  const { table } = source;
  const of = options.getStream();
  const stream = streamNameOf(of?.getStreamIdentifier());
  const revision = of?.hasRevision() ? clamp(of.getRevision()) : undefined;
  if (options.hasSubscription()) {
    const seen = of?.hasEnd() ? await table.lastRevision(stream) : (revision ?? -1n);
    return subscribeToStream(reader, source, stream, seen + 1n);
  }
  const limit = BigInt(options.getCount());
  let sent = 0n;
  if (options.getReadDirection() === BACKWARDS) {
    let from = of?.hasStart() ? 0n : revision;
    sent = await sendPages(reader, limit, async (size) => {
      const page = await table.streamBackwards(stream, from, size);
      from = (page.at(-1)?.revision ?? 0n) - 1n;
      return page;
    });
  } else if (!of?.hasEnd()) {
    let from = revision ?? 0n;
    sent = await sendPages(reader, limit, async (size) => {
      const page = await table.streamForwards(stream, from, size);
      from = (page.at(-1)?.revision ?? 0n) + 1n;
      return page;
    });
  }
  if (sent === 0n && (await table.lastRevision(stream)) < 0n) reader.write(streamNotFound(stream));
};

const readAll = async (reader: ReaderConnection, source: LogSource, options: Options): Promise<void> => {
  const { log, table } = source;
  const of = options.getAll();
  const position = of?.getPosition();
  const at = position ? clamp(position.getCommitPosition()) : undefined;
  const filter = filterOf(options);
  if (options.hasSubscription()) {
    const multiplier = options.getFilter()?.getCheckpointintervalmultiplier() ?? 1;
    return subscribeToAll(reader, source, {
      after: of?.hasEnd() ? log.head : (at ?? 0n),
      ...(filter ? { filter, checkpointEvery: Math.max(1, multiplier) * CHECKPOINT_WINDOW } : {}),
    });
  }
  const limit = BigInt(options.getCount());
  if (options.getReadDirection() === BACKWARDS) {
    let before = of?.hasStart() ? 0n : at;
    const next = async (size: number): Promise<StoredRecord[]> => {
      const page = await table.allBackwards(before, size);
      before = page.at(-1)?.position ?? 0n;
      return page;
    };
    await sendPages(reader, limit, next, filter);
  } else if (!of?.hasEnd()) {
    // A forward read includes the position that it starts at.
    let after = at === undefined ? 0n : at - 1n;
    const next = async (size: number): Promise<StoredRecord[]> => {
      const page = await table.allForwards(after, size);
      after = page.at(-1)?.position ?? after;
      return page;
    };
    await sendPages(reader, limit, next, filter);
  }
};

/** Read: a stream or `$all`, forwards or backwards, once or for ever. */
export const read =
  (source: LogSource, report: Report) =>
  (call: ReadCall): void => {
    const reader = new ReaderConnection(call);
    const options = call.request.getOptions();
    if (!options) return reader.fail(invalidArgument('A read needs options.'));
    const work = options.hasStream() ? readStream(reader, source, options) : readAll(reader, source, options);
    work.then(
      () => reader.end(),
      (error: unknown) => {
        if (error instanceof SyntaxError) {
          reader.fail(invalidArgument('The filter is not a regular expression.'));
          return;
        }
        report(error, 'read');
        reader.fail(unavailable());
      },
    );
  };
