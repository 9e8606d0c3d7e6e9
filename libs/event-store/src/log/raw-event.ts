import type { LogPosition } from '#libs/kernel';

/** An event as the store has it: JSON, sealed, in the version that was written. */
export interface RawEvent {
  readonly id: string;
  readonly type: string;
  readonly streamId: string;
  /** From 0, in its stream. */
  readonly revision: number;
  readonly position: LogPosition;
  readonly recordedAt: Date;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** An event ready to be appended: sealed, chained, with its final id. The same value gives the same bytes. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

export interface SizedEvent extends EncodedEvent {
  /** Of its data and metadata as JSON, in bytes, and a little more. */
  readonly size: number;
}

/** What a subscription delivers, in log order. A checkpoint says that everything up to it was delivered or isn't ours. */
export type LogItem =
  | { readonly kind: 'event'; readonly event: RawEvent }
  | { readonly kind: 'checkpoint'; readonly position: LogPosition }
  | { readonly kind: 'caught-up' };

export interface LogSubscription {
  /** Stops delivery; the buffers fill up to a bound and hold the server back. */
  pause(): void;
  resume(): void;
  /** Nothing is delivered once this was called. */
  close(): Promise<void>;
}

export interface AppendResult {
  /** Of the last event appended. */
  readonly revision: number;
  readonly position: LogPosition;
}
