import type { ServerDuplexStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { batchFailed, batchSucceeded, batchWrongVersion, batchTimedOut } from './batch-answers.js';
import { unavailable } from './errors.js';
import type { EventWriter } from './event-writer.js';
import type { Expected } from './expected.js';
import { ProposedAppend, streamNameOf, uuidOf } from './proposed-append.js';

type Call = ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;

/** The server's own, for writers that give none. */
const PATIENCE_MILLISECONDS = 10_000;
/** So many appends of one writer wait at most; then no more is read from it for a while. */
const MAX_PENDING = 4_096;

const expectedBy = (options: streams.BatchAppendReq.Options): Expected => {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasStreamExists()) return 'stream-exists';
  return 'any';
};

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

const opened = (options: streams.BatchAppendReq.Options): OpenAppend => ({
  proposed: new ProposedAppend(streamNameOf(options.getStreamIdentifier())),
  expected: expectedBy(options),
  deadline: options.getDeadline()?.toDate().getTime() ?? Date.now() + PATIENCE_MILLISECONDS,
});

/** Undefined where the storage is away: that's no answer to one append, but to the whole call. */
const answerTo = async (
  writer: EventWriter,
  { proposed, expected, deadline }: OpenAppend,
): Promise<streams.BatchAppendResp | undefined> => {
  const { stream, events, refusal } = proposed;
  if (refusal) return batchFailed(refusal);
  const result = await writer.append({ stream, expected, events, deadline });
  switch (result.kind) {
    case 'appended':
      return batchSucceeded(result);
    case 'wrong-version':
      return batchWrongVersion(result.current, expected);
    case 'deadline':
      return batchTimedOut();
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
    call.on('data', (request: streams.BatchAppendReq) => this.receive(request));
    call.on('end', () => {
      this.ended = true;
      this.endWhenDone();
    });
    call.on('error', () => (this.failed = true));
    call.on('cancelled', () => (this.failed = true));
  }

  private receive(request: streams.BatchAppendReq): void {
    const correlation = request.getCorrelationId();
    const options = request.getOptions();
    const key = uuidOf(correlation);
    const append = this.open.get(key) ?? (options ? opened(options) : undefined);
    if (!append || !correlation) return;
    for (const message of request.getProposedMessagesList()) append.proposed.add(message);
    if (request.getIsFinal()) {
      this.open.delete(key);
      void this.answer(append, correlation);
    } else this.open.set(key, append);
  }

  private async answer(append: OpenAppend, correlation: shared.UUID): Promise<void> {
    if (++this.pending === MAX_PENDING) this.call.pause();
    const response = await answerTo(this.writer, append);
    if (this.pending-- === MAX_PENDING) this.call.resume();
    if (this.failed) return;
    if (!response) {
      // The client gives up all its appends then, so that nothing may be answered after it.
      this.failed = true;
      this.call.emit('error', unavailable());
      return;
    }
    const identifier = new shared.StreamIdentifier();
    identifier.setStreamName(Buffer.from(append.proposed.stream));
    response.setCorrelationId(correlation);
    response.setStreamIdentifier(identifier);
    setExpected(response, append.expected);
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
