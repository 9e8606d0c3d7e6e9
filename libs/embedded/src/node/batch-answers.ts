import codes from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statusMessages from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { unimplementedDetails } from './errors.js';
import type { Expected } from './expected.js';
import { MAX_APPEND_BYTES, type Refusal } from './proposed-append.js';

/** What goes wrong with one append of a batch is told by a status whose details have a type that the client knows. */
const failed = (
  code: codes.Code,
  message: string,
  typeName: string,
  detail: { serializeBinary(): Uint8Array },
): streams.BatchAppendResp => {
  const details = new any.Any();
  details.pack(detail.serializeBinary(), typeName);
  const error = new statusMessages.Status();
  error.setCode(code);
  error.setMessage(message);
  error.setDetails(details);
  const response = new streams.BatchAppendResp();
  response.setError(error);
  return response;
};

export const batchWrongVersion = (current: bigint, expected: Expected): streams.BatchAppendResp => {
  const wrong = new shared.WrongExpectedVersion();
  if (current < 0n) wrong.setCurrentNoStream(new empty.Empty());
  else wrong.setCurrentStreamRevision(current.toString());
  if (expected === 'any') wrong.setExpectedAny(new empty.Empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(new empty.Empty());
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new empty.Empty());
  else wrong.setExpectedStreamPosition(expected.toString());
  return failed(
    codes.Code.FAILED_PRECONDITION,
    'WrongExpectedVersion',
    'event_store.client.WrongExpectedVersion',
    wrong,
  );
};

/** The client throws DeadlineExceededError for it. */
export const batchTimedOut = (): streams.BatchAppendResp =>
  failed(codes.Code.DEADLINE_EXCEEDED, 'Timeout', 'event_store.client.Timeout', new shared.Timeout());

/** The client shows the message of an error whose type it doesn't know. */
const other = (code: codes.Code, message: string): streams.BatchAppendResp =>
  failed(code, message, 'google.protobuf.Empty', new empty.Empty());

export const batchFailed = (refusal: Refusal): streams.BatchAppendResp => {
  if (refusal.kind === 'invalid') return other(codes.Code.INVALID_ARGUMENT, refusal.why);
  if (refusal.kind === 'unimplemented') return other(codes.Code.UNIMPLEMENTED, unimplementedDetails(refusal.what));
  const tooLarge = new shared.MaximumAppendSizeExceeded();
  tooLarge.setMaxappendsize(MAX_APPEND_BYTES);
  const typeName = 'event_store.client.MaximumAppendSizeExceeded';
  return failed(codes.Code.INVALID_ARGUMENT, 'Maximum Append Size Exceeded', typeName, tooLarge);
};
