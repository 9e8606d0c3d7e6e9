import type { Actor, Decider, DomainEvent, LogPosition, Refusal, TimePrecision } from '#libs/kernel';

/** Who asks, and within which conversation. */
export interface CommandContext {
  readonly actor: Actor;
  /** Of everything that one request from outside caused. */
  readonly correlationId: string;
  /** What directly caused this; the correlation id where it's the request itself. */
  readonly causationId?: string;
  /** The system that told us, e.g. `api`, `import`, `sendgrid`. */
  readonly source: string;
}

/** Everything about a command that isn't its content. */
export interface CommandMeta {
  readonly context: CommandContext;
  readonly occurredAt: Date;
  readonly timePrecision?: TimePrecision;
  /** Keyed digests: of the caller and their idempotency key; of the request that came with it. */
  readonly commandKey?: { readonly key: string; readonly body: string };
  /** The revision that the caller saw; the command is refused at any other. */
  readonly ifMatch?: number;
  /** What stands against it elsewhere. A command that was accepted before is answered as it was then all the same. */
  readonly refusal?: Refusal;
}

export interface StreamRef {
  readonly category: string;
  readonly id: string;
}

export const streamName = ({ category, id }: StreamRef): string => `${category}-${id}`;

/** One decision on one stream. */
export interface StreamCommand<S, C, E extends DomainEvent> {
  readonly decider: Decider<S, C, E>;
  readonly stream: StreamRef;
  /** The person whose keys seal the personal data of the events; a function where only the stream knows who it is. */
  readonly subjectId?: string | ((state: S) => string | undefined);
  readonly command: C;
  readonly meta: CommandMeta;
  /** True where the stream most likely has no events yet: it's decided on without a read, and read only if the append says otherwise. */
  readonly likelyNew?: boolean;
  /**
   * What has to be there before its events are: called once it's clear that they're about to be appended, so that what's refused
   * leaves nothing behind. Called again where another writer was faster and it's decided anew; then it may still be refused.
   */
  readonly beforeAppend?: () => Promise<void>;
  /** Keyed digest of provider, provider's event id and recipient: the same fact is recorded once. */
  readonly factKey?: string;
  /** The trace that its events begin in; the current one, where traces are made. */
  readonly traceparent?: string | undefined;
}

/** What became of an accepted command. */
export interface CommandOutcome {
  /** Of the stream, after the command; -1 where it still has no event. */
  readonly revision: number;
  /** A read model that has reached this position shows the command's effect. */
  readonly position: LogPosition;
  /** How many events it gave; 0 if it changed nothing. */
  readonly appended: number;
  /** Whether it had been accepted before. The other fields then say what was true then. */
  readonly duplicate: boolean;
}
