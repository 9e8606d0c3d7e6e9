import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

/** An event that somebody asks the node to append. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as it's stored and kept in memory. `bytes` is the whole ReadResp message, sent as it is. */
export interface StoredRecord {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly bytes: Buffer;
}

const TICKS_PER_MILLISECOND = 10_000n;

/** Encodes an event once, at its append, into the message that every reader gets. */
export const encodeRecord = (
  event: ProposedEvent,
  stream: string,
  revision: bigint,
  position: bigint,
  createdAt: number,
): StoredRecord => {
  const id = new shared.UUID();
  id.setString(event.id);
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(id);
  recorded.setStreamIdentifier(identifier);
  recorded.setStreamRevision(revision.toString());
  recorded.setPreparePosition(position.toString());
  recorded.setCommitPosition(position.toString());
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  const metadata = recorded.getMetadataMap();
  metadata.set('type', event.type);
  metadata.set('content-type', event.contentType);
  metadata.set('created', (BigInt(createdAt) * TICKS_PER_MILLISECOND).toString());
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(position.toString());
  const response = new streams.ReadResp();
  response.setEvent(read);
  return { position, stream, revision, id: event.id, type: event.type, bytes: Buffer.from(response.serializeBinary()) };
};
