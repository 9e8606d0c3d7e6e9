import type { Actor, TimePrecision } from '#libs/kernel';

/** Keyed digests of what made an event, by which its stream knows that it has seen the cause before. */
export interface EventKeys {
  /** Of the caller and their idempotency key. */
  readonly command?: string;
  /** Of the request that came with that key. */
  readonly body?: string;
  /** Of provider, provider's event id and recipient. */
  readonly fact?: string;
}

/** What every event carries beside its data. Nothing personal. */
export interface EventMetadata {
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly schemaVersion: number;
  readonly actor: Actor;
  readonly source: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly occurredAt: string;
  /** Absent: `instant`. */
  readonly timePrecision?: TimePrecision;
  readonly subjectId?: string;
  readonly keys?: EventKeys;
  /** W3C Trace Context of the append, where traces are made: what comes of the event joins the trace. */
  readonly traceparent?: string;
  readonly chain: ChainLink;
}

/** SHA-256 in hex. `previous` is null for the first event of a stream. */
export interface ChainLink {
  readonly previous: string | null;
  readonly hash: string;
}
