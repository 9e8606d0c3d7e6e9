import type { LogPosition } from '#libs/kernel';

/** An accepted command or fact, as its stream remembers it. */
export interface AcceptedKey {
  readonly revision: number;
  readonly position: LogPosition;
  readonly appended: number;
  /** Digest of the request; only for commands. */
  readonly body?: string;
}

/** What was decided on a stream, up to a revision. */
export interface LoadedState<S> {
  readonly state: S;
  /** -1 for a stream without events. */
  readonly revision: number;
}

/** A stream as this process knows it. A baseline only: what the store says at the append is what counts. */
export interface StreamState<S> extends LoadedState<S> {
  /** Of the last event; null for a stream without events. */
  readonly headHash: string | null;
  /** What the state keeps of its events, as its decider says, in bytes. */
  readonly kept: number;
  /** Everything that the stream has accepted, by `c:<digest>` and `f:<digest>`. Grows in place. */
  readonly keys: Map<string, AcceptedKey>;
}

export const commandKeyName = (digest: string): string => `c:${digest}`;
export const factKeyName = (digest: string): string => `f:${digest}`;
