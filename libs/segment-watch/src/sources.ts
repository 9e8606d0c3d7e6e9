import type { PersonHistory } from '#libs/criteria';
import type { Clock, LogPosition, StoredEvent } from '#libs/kernel';
import type { KnownOfLog } from './watches/known-of-log.js';

/** A stretch of the log that was looked through. */
export interface PageOfPeople {
  /** Who was added in it. */
  readonly candidateIds: readonly string[];
  /** Where it ends. */
  readonly upTo: LogPosition;
  /** Whether it reaches as far as was asked for. */
  readonly done: boolean;
}

/** What the watch reads: the log, and nothing that's made of it elsewhere. */
export interface WatchSources {
  readonly clock: Clock;
  readonly known: KnownOfLog;
  /** Resolves once `known` has reached a position. */
  reach(position: LogPosition): Promise<void>;
  /** Resolves once `known` has reached all that was recorded before the call. */
  reachHead(): Promise<void>;
  /** All that's recorded of these ids, in the order of the log. */
  eventsOf(candidateIds: readonly string[]): Promise<readonly StoredEvent[]>;
  /** By those of the events that are about these ids of a person, the one first that they go by, and by the live scoring models. Undefined without any. */
  historyOf(events: readonly StoredEvent[], ids: readonly string[]): PersonHistory | undefined;
  /** The first who were added after a position and up to another one. */
  peopleAdded(after: LogPosition, upTo: LogPosition): Promise<PageOfPeople>;
}
