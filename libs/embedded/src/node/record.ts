import type { ProposedEvent } from './proposed-event.js';
import { readResponse } from './wire.js';

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
  const createdTicks = BigInt(createdAt) * TICKS_PER_MILLISECOND;
  const bytes = readResponse(event, { stream, revision, position, createdTicks });
  return { position, stream, revision, id: event.id, type: event.type, bytes };
};
