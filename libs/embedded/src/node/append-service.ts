import type { sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { deadlineExceeded, invalidArgument, maxAppendSizeExceeded, unavailable } from './errors.js';
import type { AppendAnswer, EventWriter } from './event-writer.js';
import type { Expected } from './expected.js';
import type { ProposedEvent } from './record.js';

/** The server's default. */
export const MAX_APPEND_BYTES = 1_048_576;
const UNARY_PATIENCE_MILLISECONDS = 10_000;

type Message = streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage;

const uuidOf = (uuid: shared.UUID | undefined): string => {
  if (!uuid) return '';
  const structured = uuid.getStructured();
  if (!structured) return uuid.getString().toLowerCase();
  const hex = (text: string): string => BigInt.asUintN(64, BigInt(text)).toString(16).padStart(16, '0');
  const all = hex(structured.getMostSignificantBits()) + hex(structured.getLeastSignificantBits());
  return all.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

const proposedEvent = (message: Message): ProposedEvent => {
  const metadata = message.getMetadataMap();
  return {
    id: uuidOf(message.getId()),
    type: metadata.get('type') ?? '',
    contentType: metadata.get('content-type') ?? 'application/octet-stream',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
};

const sizeOf = (events: readonly ProposedEvent[]): number =>
  events.reduce((sum, event) => sum + event.data.length + event.metadata.length, 0);

const badEvent = (events: readonly ProposedEvent[]): string | undefined => {
  if (events.some(({ id }) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)))
    return 'An event needs a UUID as its id.';
  if (events.some(({ type }) => type === '' || type.includes('\0'))) return 'An event needs a type.';
  return undefined;
};

const nameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

/** Append: one client stream, one answer. A wrong revision is told in the answer, everything else by the call's status. */
export const append =
  (writer: EventWriter) =>
  (
    call: ServerReadableStream<streams.AppendReq, streams.AppendResp>,
    callback: sendUnaryData<streams.AppendResp>,
  ): void => {
    let options: streams.AppendReq.Options | undefined;
    const events: ProposedEvent[] = [];
    let bytes = 0;
    call.on('data', (request: streams.AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (!message || bytes > MAX_APPEND_BYTES) return;
      const event = proposedEvent(message);
      bytes += event.data.length + event.metadata.length;
      events.push(event);
    });
    call.on('end', () => {
      const stream = nameOf(options?.getStreamIdentifier());
      const bad = badEvent(events);
      if (!options || stream === '') return callback(invalidArgument('An append needs a stream.'));
      if (bytes > MAX_APPEND_BYTES) return callback(maxAppendSizeExceeded(MAX_APPEND_BYTES));
      if (bad !== undefined) return callback(invalidArgument(bad));
      const expected = unaryExpectation(options);
      const given = call.getDeadline();
      const deadline =
        typeof given === 'number' && Number.isFinite(given) ? given : Date.now() + UNARY_PATIENCE_MILLISECONDS;
      void writer
        .append({ stream, expected, events, deadline: given instanceof Date ? given.getTime() : deadline })
        .then((answer) => {
          if (answer.kind === 'unavailable') callback(unavailable());
          else if (answer.kind === 'deadline') callback(deadlineExceeded());
          else callback(null, unaryAnswer(answer, expected));
        });
      return undefined;
    });
    call.on('error', () => undefined);
  };

const unaryExpectation = (options: streams.AppendReq.Options): Expected => {
  if (options.hasRevision()) return BigInt(options.getRevision());
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasStreamExists()) return 'stream-exists';
  return 'any';
};

const unaryAnswer = (
  answer: Extract<AppendAnswer, { kind: 'appended' | 'wrong-version' }>,
  expected: Expected,
): streams.AppendResp => {
  const response = new streams.AppendResp();
  if (answer.kind === 'appended') {
    const success = new streams.AppendResp.Success();
    if (answer.revision < 0n) success.setNoStream(new shared.Empty());
    else success.setCurrentRevision(answer.revision.toString());
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(answer.position.toString());
    position.setPreparePosition(answer.position.toString());
    success.setPosition(position);
    response.setSuccess(success);
    return response;
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (answer.current < 0n) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(answer.current.toString());
  if (expected === 'no-stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new shared.Empty());
  else if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else wrong.setExpectedRevision(expected.toString());
  response.setWrongExpectedVersion(wrong);
  return response;
};

interface OpenAppend {
  readonly stream: string;
  readonly expected: Expected;
  readonly deadline: number;
  readonly events: ProposedEvent[];
  bytes: number;
}

/** BatchAppend: many appends over one stream, each with a correlation id, each answered exactly once. */
export const batchAppend =
  (writer: EventWriter) =>
  (call: ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>): void => {
    const open = new Map<string, OpenAppend>();
    let pending = 0;
    let ended = false;
    const finish = (): void => {
      if (ended && pending === 0) call.end();
    };
    call.on('data', (request: streams.BatchAppendReq) => {
      const correlation = request.getCorrelationId();
      const key = uuidOf(correlation);
      const options = request.getOptions();
      const current = open.get(key) ?? (options ? opened(options) : undefined);
      if (!current || !correlation) return;
      open.set(key, current);
      for (const message of request.getProposedMessagesList()) {
        const event = proposedEvent(message);
        current.bytes += event.data.length + event.metadata.length;
        // The bytes of an append that is refused anyway aren't kept.
        if (current.bytes <= MAX_APPEND_BYTES) current.events.push(event);
      }
      if (!request.getIsFinal()) return;
      open.delete(key);
      pending++;
      void answerBatch(writer, current).then((response) => {
        response.setCorrelationId(correlation);
        const identifier = new shared.StreamIdentifier();
        identifier.setStreamName(Buffer.from(current.stream));
        response.setStreamIdentifier(identifier);
        setExpectation(response, current.expected);
        pending--;
        if (!call.destroyed && !call.cancelled) call.write(response);
        finish();
      });
    });
    call.on('end', () => {
      ended = true;
      finish();
    });
    call.on('error', () => undefined);
  };

const opened = (options: streams.BatchAppendReq.Options): OpenAppend => {
  const deadline = options.getDeadline();
  return {
    stream: nameOf(options.getStreamIdentifier()),
    expected: batchExpectation(options),
    deadline: deadline ? deadline.toDate().getTime() : Date.now() + UNARY_PATIENCE_MILLISECONDS,
    events: [],
    bytes: 0,
  };
};

const batchExpectation = (options: streams.BatchAppendReq.Options): Expected => {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasStreamExists()) return 'stream-exists';
  return 'any';
};

const setExpectation = (response: streams.BatchAppendResp, expected: Expected): void => {
  if (expected === 'any') response.setAny(new empty.Empty());
  else if (expected === 'no-stream') response.setNoStream(new empty.Empty());
  else if (expected === 'stream-exists') response.setStreamExists(new empty.Empty());
  else response.setStreamPosition(expected.toString());
};

const answerBatch = async (
  writer: EventWriter,
  { stream, expected, deadline, events, bytes }: OpenAppend,
): Promise<streams.BatchAppendResp> => {
  if (bytes > MAX_APPEND_BYTES)
    return failed(3, 'event_store.client.MaximumAppendSizeExceeded', tooLarge(), 'Maximum Append Size Exceeded.');
  const bad = stream === '' ? 'An append needs a stream.' : badEvent(events);
  if (bad !== undefined) return failed(3, 'event_store.client.Unknown', new shared.Unknown(), bad);
  const answer = await writer.append({ stream, expected, events, deadline });
  switch (answer.kind) {
    case 'appended': {
      const response = new streams.BatchAppendResp();
      const success = new streams.BatchAppendResp.Success();
      if (answer.revision < 0n) success.setNoStream(new empty.Empty());
      else success.setCurrentRevision(answer.revision.toString());
      const position = new shared.AllStreamPosition();
      position.setCommitPosition(answer.position.toString());
      position.setPreparePosition(answer.position.toString());
      success.setPosition(position);
      response.setSuccess(success);
      return response;
    }
    case 'wrong-version':
      return failed(
        9,
        'event_store.client.WrongExpectedVersion',
        wrong(answer.current, expected),
        'WrongExpectedVersion',
      );
    default:
      // The client knows no other error of a batch whose outcome is open.
      return failed(4, 'event_store.client.Timeout', new shared.Timeout(), 'Timeout');
  }
};

const tooLarge = (): shared.MaximumAppendSizeExceeded => {
  const message = new shared.MaximumAppendSizeExceeded();
  message.setMaxappendsize(MAX_APPEND_BYTES);
  return message;
};

const wrong = (current: bigint, expected: Expected): shared.WrongExpectedVersion => {
  const message = new shared.WrongExpectedVersion();
  if (current < 0n) message.setCurrentNoStream(new empty.Empty());
  else message.setCurrentStreamRevision(current.toString());
  if (expected === 'any') message.setExpectedAny(new empty.Empty());
  else if (expected === 'no-stream') message.setExpectedNoStream(new empty.Empty());
  else if (expected === 'stream-exists') message.setExpectedStreamExists(new empty.Empty());
  else message.setExpectedStreamPosition(expected.toString());
  return message;
};

const failed = (
  code: number,
  typeName: string,
  detail: { serializeBinary(): Uint8Array },
  message: string,
): streams.BatchAppendResp => {
  const details = new any.Any();
  details.pack(detail.serializeBinary(), typeName);
  const error = new status.Status();
  error.setCode(code);
  error.setMessage(message);
  error.setDetails(details);
  const response = new streams.BatchAppendResp();
  response.setError(error);
  return response;
};

export { sizeOf };
