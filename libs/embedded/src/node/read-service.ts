import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { invalidArgument, unavailable } from './errors.js';
import { recordFilter, type RecordFilter } from './filter.js';
import type { Log } from './log.js';
import {
  CHECKPOINT_WINDOW,
  ReaderConnection,
  sendPages,
  streamNotFound,
  subscribeToAll,
  subscribeToStream,
} from './reader.js';

type Options = streams.ReadReq.Options;
type ReadCall = ServerWritableStream<streams.ReadReq, Buffer | streams.ReadResp>;

const BACKWARDS = streams.ReadReq.Options.ReadDirection.BACKWARDS;
/** Positions beyond what PostgreSQL's bigint holds mean the end. */
const MAX = 2n ** 63n - 1n;

const filterOf = (options: Options): RecordFilter | undefined => {
  const filter = options.getFilter();
  if (!filter) return undefined;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  if (!expression) return undefined;
  return recordFilter({
    on: filter.hasStreamIdentifier() ? 'stream' : 'type',
    prefixes: expression.getPrefixList(),
    regex: expression.getRegex(),
  });
};

const clamp = (value: string): bigint => {
  const n = BigInt(value);
  return n > MAX ? MAX : n;
};

/** Read: a stream or `$all`, forwards or backwards, once or for ever. */
export const read =
  (log: Log) =>
  (call: ReadCall): void => {
    const options = call.request.getOptions();
    const fail = (error: unknown): void => {
      if (!call.destroyed)
        call.emit(
          'error',
          error instanceof SyntaxError ? invalidArgument('The filter is not a regular expression.') : unavailable(),
        );
    };
    if (!options) {
      call.emit('error', invalidArgument('A read needs options.'));
      return;
    }
    const reader = new ReaderConnection(call);
    const work = options.hasStream() ? readStream(reader, log, options) : readAll(reader, log, options);
    work.then(() => reader.end(), fail);
  };

const readStream = async (reader: ReaderConnection, log: Log, options: Options): Promise<void> => {
  const of = options.getStream();
  const stream = Buffer.from(of?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');
  const revision = of?.hasRevision() ? clamp(of.getRevision()) : undefined;
  if (options.hasSubscription()) {
    let from = revision === undefined ? 0n : revision + 1n;
    if (of?.hasEnd()) from = ((await log.table.heads([stream])).get(stream) ?? -1n) + 1n;
    return subscribeToStream(reader, log, stream, from);
  }
  const head = (await log.table.heads([stream])).get(stream);
  if (head === undefined) return reader.send(streamNotFound(stream));
  const limit = BigInt(options.getCount());
  if (options.getReadDirection() === BACKWARDS) {
    let from: bigint | undefined = of?.hasStart() ? 0n : revision;
    await sendPages(reader, limit, async (size) => {
      if (from !== undefined && from < 0n) return [];
      const page = await log.table.streamBackwards(stream, from, size);
      from = (page.at(-1)?.revision ?? 0n) - 1n;
      return page;
    });
    return undefined;
  }
  let from = of?.hasEnd() ? head + 1n : (revision ?? 0n);
  await sendPages(reader, limit, async (size) => {
    const page = await log.table.streamForwards(stream, from, size);
    from = (page.at(-1)?.revision ?? from) + 1n;
    return page;
  });
  return undefined;
};

const readAll = async (reader: ReaderConnection, log: Log, options: Options): Promise<void> => {
  const of = options.getAll();
  const position = of?.getPosition();
  const at = position ? clamp(position.getCommitPosition()) : undefined;
  const filter = filterOf(options);
  if (options.hasSubscription()) {
    const every = options.getFilter()?.getCheckpointintervalmultiplier();
    return subscribeToAll(reader, log, {
      after: of?.hasEnd() ? log.head : (at ?? 0n),
      ...(filter ? { filter, checkpointEvery: Math.max(1, every ?? 1) * CHECKPOINT_WINDOW } : {}),
    });
  }
  const limit = BigInt(options.getCount());
  if (options.getReadDirection() === BACKWARDS) {
    let before: bigint | undefined = of?.hasStart() ? 0n : at;
    await sendPages(
      reader,
      limit,
      async (size) => {
        const page = await log.table.allBackwards(before, size);
        before = page.at(-1)?.position ?? 0n;
        return page;
      },
      filter,
    );
    return;
  }
  // A forward read includes the position it starts at.
  let after = of?.hasEnd() ? log.head : at === undefined ? 0n : at - 1n;
  await sendPages(
    reader,
    limit,
    async (size) => {
      const page = await log.table.allForwards(after, size);
      after = page.at(-1)?.position ?? after;
      return page;
    },
    filter,
  );
};
