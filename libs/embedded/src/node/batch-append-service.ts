import type { ServerDuplexStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { batchFailed, batchTimedOut, batchWrongVersion } from './batch-answers.js';
import { unavailable } from './errors.js';
import type { EventWriter } from './event-writer.js';
import type { Expected } from './expected.js';
import { ProposedAppend } from './proposed-append.js';
import { batchAppended, type BatchOptions, type BatchRequest } from './wire.js';

type Call = ServerDuplexStream<BatchRequest, Buffer>;

/** The server's own, for writers that give none. */
const PATIENCE_MILLISECONDS = 10_000;
/** So many appends of one writer wait at most; then no more is read from it for a while. */
const MAX_PENDING = 4_096;

const setExpected = (response: streams.BatchAppendResp, expected: Expected): void => {
  if (expected === 'any') response.setAny(new empty.Empty());
  else if (expected === 'no-stream') response.setNoStream(new empty.Empty());
  else if (expected === 'stream-exists') response.setStreamExists(new empty.Empty());
  else response.setStreamPosition(expected.toString());
};

interface OpenAppend {
  readonly proposed: ProposedAppend;
  readonly expected: Expected;
  readonly deadline: number;
}

const opened = ({ stream, expected, deadline }: BatchOptions): OpenAppend => ({
  proposed: new ProposedAppend(stream),
  expected,
  deadline: deadline ?? Date.now() + PATIENCE_MILLISECONDS,
});

const failure = (append: OpenAppend, correlation: Buffer, response: streams.BatchAppendResp): Buffer => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(append.proposed.stream));
  response.setCorrelationId(shared.UUID.deserializeBinary(correlation));
  response.setStreamIdentifier(identifier);
  setExpected(response, append.expected);
  return Buffer.from(response.serializeBinary());
};

/** Undefined where the storage is away: that's no answer to one append, but to the whole call. */
const answerTo = async (writer: EventWriter, append: OpenAppend, correlation: Buffer): Promise<Buffer | undefined> => {
  const { proposed, expected, deadline } = append;
  const { stream, events, refusal } = proposed;
  if (refusal) return failure(append, correlation, batchFailed(refusal));
  const result = await writer.append({ stream, expected, events, deadline });
  switch (result.kind) {
    case 'appended':
      return batchAppended({ stream, expected, correlation }, result);
    case 'wrong-version':
      return failure(append, correlation, batchWrongVersion(result.current, expected));
    case 'deadline':
      return failure(append, correlation, batchTimedOut());
    case 'unavailable':
      return undefined;
  }
};

/** One writer's appends: each has a correlation id, comes in one message or several, and is answered exactly once. */
class BatchCall {
  private readonly open = new Map<string, OpenAppend>();
  private pending = 0;
  private ended = false;
  private failed = false;

  constructor(
    private readonly writer: EventWriter,
    private readonly call: Call,
  ) {
    call.on('data', (request: BatchRequest) => this.receive(request));
    call.on('end', () => {
      this.ended = true;
      this.endWhenDone();
    });
    call.on('error', () => (this.failed = true));
    call.on('cancelled', () => (this.failed = true));
  }

  private receive({ correlation, options, events, isFinal }: BatchRequest): void {
    const key = correlation?.toString('latin1') ?? '';
    const append = this.open.get(key) ?? (options ? opened(options) : undefined);
    if (!append || !correlation) return;
    for (const event of events) append.proposed.add(event);
    if (isFinal) {
      this.open.delete(key);
      void this.answer(append, correlation);
    } else this.open.set(key, append);
  }

  private async answer(append: OpenAppend, correlation: Buffer): Promise<void> {
    if (++this.pending === MAX_PENDING) this.call.pause();
    const response = await answerTo(this.writer, append, correlation);
    if (this.pending-- === MAX_PENDING) this.call.resume();
    if (this.failed) return;
    if (!response) {
      // The client gives up all its appends then, so that nothing may be answered after it.
      this.failed = true;
      this.call.emit('error', unavailable());
      return;
    }
    this.call.write(response);
    this.endWhenDone();
  }

  private endWhenDone(): void {
    if (this.ended && this.pending === 0 && !this.failed) this.call.end();
  }
}

/** BatchAppend: many appends over one call. */
export const batchAppend =
  (writer: EventWriter) =>
  (call: Call): void =>
    void new BatchCall(writer, call);
