import type { EventMetadata } from '#libs/event-store';
import { encodePosition } from '#libs/kernel';
import type { HistoryEntry, HistoryPage, StreamCheck } from './candidate-history.js';
import type { HistoryDocument, HistoryEventDocument, StreamCheckDocument } from './history.dto.js';

const streamDocument = ({ brokenAt, ...check }: StreamCheck): StreamCheckDocument =>
  brokenAt ? { ...check, verified: false, brokenAt } : { ...check, verified: true };

const eventDocument = ({ raw, decoded }: HistoryEntry): HistoryEventDocument => {
  const { chain } = (raw.metadata ?? {}) as Partial<EventMetadata>;
  const stored = {
    position: encodePosition(raw.position),
    stream: raw.streamId,
    revision: raw.revision,
    id: raw.id,
    type: raw.type,
    recordedAt: raw.recordedAt.toISOString(),
    ...(chain ? { hash: chain.hash, previousHash: chain.previous } : {}),
  };
  if (!decoded.ok) return { ...stored, unreadable: decoded.reason };
  const { occurredAt, timePrecision, actor, source, correlationId, causationId, data } = decoded.event;
  return {
    ...stored,
    occurredAt: occurredAt.toISOString(),
    timePrecision,
    actor,
    source,
    correlationId,
    causationId,
    data,
  };
};

/** A page of a history as the API answers with it. */
export const historyDocument = ({ streams, entries, more }: HistoryPage): HistoryDocument => {
  const last = entries.at(-1);
  return {
    verified: streams.every(({ brokenAt }) => brokenAt === undefined),
    streams: streams.map(streamDocument),
    items: entries.map(eventDocument),
    nextCursor: more && last ? encodePosition(last.raw.position) : null,
  };
};
