import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { randomUUID } from 'node:crypto';

/** The first message of a subscription. */
export const confirmation = (): streams.ReadResp => {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(randomUUID());
  const response = new streams.ReadResp();
  response.setConfirmation(confirmed);
  return response;
};

/** From here on a subscription is live. */
export const caughtUp = (): streams.ReadResp => {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
};

/** Everything up to that position was looked at. */
export const checkpoint = (position: bigint): streams.ReadResp => {
  const at = new streams.ReadResp.Checkpoint();
  at.setCommitPosition(position.toString());
  at.setPreparePosition(position.toString());
  const response = new streams.ReadResp();
  response.setCheckpoint(at);
  return response;
};

/** The only message of a read of a stream without events. */
export const streamNotFound = (stream: string): streams.ReadResp => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  const notFound = new streams.ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(identifier);
  const response = new streams.ReadResp();
  response.setStreamNotFound(notFound);
  return response;
};
