import type { LogPosition } from '#libs/kernel';
import type { Decoded, EventCodec, EventLog } from '#libs/event-store';

/** What the engine needs of the event log. */
export type LogSource = Pick<EventLog, 'subscribe' | 'head' | 'readStream'>;
/** What the engine needs of the codec. */
export type LogDecoder = Pick<EventCodec, 'decodeMany'>;

/** A stretch of the log, decoded. */
export interface LogChunk {
  /** In log order. */
  readonly items: readonly Decoded[];
  /** Everything up to here is in this chunk or in those before. */
  readonly upTo: LogPosition;
  /** The reader has caught up and had nothing more at hand. */
  readonly idle: boolean;
}

/** Takes what a reader reads. */
export interface LogSink {
  /** Everything up to here was pushed. */
  readonly received: LogPosition;
  push(chunk: LogChunk): void;
  /** Resolves once there's room for another chunk. */
  room(): Promise<void>;
}

export const positionOf = (item: Decoded): LogPosition => (item.ok ? item.event.position : item.raw.position);
export const recordedAtOf = (item: Decoded): Date => (item.ok ? item.event.recordedAt : item.raw.recordedAt);
