import type { DomainEvent } from './decider.js';

/** A position in the log. Order in the log is order of recording. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Who caused an event. `id` is opaque. */
export interface Actor {
  readonly kind: 'user' | 'service' | 'system' | 'import';
  readonly id: string;
}

/** How far `occurredAt` can be trusted: `unknown` where a source gave no time and one was assumed. */
export type TimePrecision = 'instant' | 'day' | 'unknown';

/** An event as it's read from the log: opened, upcast to its newest version and checked against that schema. */
export interface StoredEvent<Type extends string = string, Data = unknown> extends DomainEvent<Type, Data> {
  readonly id: string;
  readonly streamId: string;
  /** From 0, in its stream. */
  readonly revision: number;
  readonly position: LogPosition;
  /** The person that the event is about, whose keys seal its personal data; absent for events about no one. */
  readonly subjectId?: string;
  /** When it happened, according to its source. */
  readonly occurredAt: Date;
  readonly timePrecision: TimePrecision;
  /** When the store recorded it. For display; order is by position. */
  readonly recordedAt: Date;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: Actor;
  /** The system that told us, e.g. `api`, `import`, `sendgrid`. */
  readonly source: string;
  /** Where a trace began with it: W3C Trace Context. */
  readonly traceparent?: string;
}

/** The person that an event is about. Throws for one that's about nobody. */
export const subjectOf = ({ subjectId, type }: Pick<StoredEvent, 'subjectId' | 'type'>): string => {
  if (subjectId === undefined) throw new Error(`${type} is about nobody.`);
  return subjectId;
};

/** The id in the name of an event's stream: of `pool-<uuid>`, with the category `pool`. */
export const idInStream = ({ streamId }: Pick<StoredEvent, 'streamId'>, category: string): string =>
  streamId.slice(category.length + 1);

/** What a sealed value reads as once its key is gone. */
export const ERASED = '[erased]';
