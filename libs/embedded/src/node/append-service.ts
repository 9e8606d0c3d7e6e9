import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { deadlineExceeded, invalidArgument, maxAppendSizeExceeded, unavailable, unimplemented } from './errors.js';
import type { EventWriter } from './event-writer.js';
import type { Expected, Place } from './expected.js';
import { MAX_APPEND_BYTES, ProposedAppend, proposedEventOf, streamNameOf, type Refusal } from './proposed-append.js';

type Call = ServerReadableStream<streams.AppendReq, streams.AppendResp>;
type Callback = sendUnaryData<streams.AppendResp>;

const expectedBy = (options: streams.AppendReq.Options): Expected => {
  if (options.hasRevision()) return BigInt(options.getRevision());
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasStreamExists()) return 'stream-exists';
  return 'any';
};

const refused = (refusal: Refusal) => {
  if (refusal.kind === 'too-large') return maxAppendSizeExceeded(MAX_APPEND_BYTES);
  return refusal.kind === 'invalid' ? invalidArgument(refusal.why) : unimplemented(refusal.what);
};

const succeeded = ({ revision, position }: Place): streams.AppendResp => {
  const success = new streams.AppendResp.Success();
  if (revision < 0n) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(revision.toString());
  const at = new streams.AppendResp.Position();
  at.setCommitPosition(position.toString());
  at.setPreparePosition(position.toString());
  success.setPosition(at);
  const response = new streams.AppendResp();
  response.setSuccess(success);
  return response;
};

const wrongVersion = (current: bigint, expected: Expected): streams.AppendResp => {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (current < 0n) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(current.toString());
  if (expected === 'no-stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new shared.Empty());
  else if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else wrong.setExpectedRevision(expected.toString());
  const response = new streams.AppendResp();
  response.setWrongExpectedVersion(wrong);
  return response;
};

const answer = async (
  writer: EventWriter,
  append: ProposedAppend,
  expected: Expected,
  deadline: number,
  callback: Callback,
): Promise<void> => {
  const { stream, events, refusal } = append;
  if (refusal) return callback(refused(refusal));
  const result = await writer.append({ stream, expected, events, deadline });
  switch (result.kind) {
    case 'appended':
      return callback(null, succeeded(result));
    case 'wrong-version':
      return callback(null, wrongVersion(result.current, expected));
    case 'deadline':
      return callback(deadlineExceeded());
    case 'unavailable':
      return callback(unavailable());
  }
};

/** Append: one client stream, one answer. A wrong revision is told in the answer, all else by the call's status. */
export const append =
  (writer: EventWriter) =>
  (call: Call, callback: Callback): void => {
    let expected: Expected = 'any';
    let proposed = new ProposedAppend('');
    call.on('data', (request: streams.AppendReq) => {
      const options = request.getOptions();
      const message = request.getProposedMessage();
      if (options) {
        expected = expectedBy(options);
        proposed = new ProposedAppend(streamNameOf(options.getStreamIdentifier()));
      } else if (message) proposed.add(proposedEventOf(message));
    });
    call.on('end', () => {
      const deadline = call.getDeadline();
      void answer(writer, proposed, expected, deadline instanceof Date ? deadline.getTime() : deadline, callback);
    });
    // Whoever went away gets no answer.
    call.on('error', () => undefined);
  };
