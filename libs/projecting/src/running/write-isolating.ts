import type { LogPosition, StoredEvent } from '#libs/kernel';
import { DatabaseUnavailableError, isTransientFailure, sqlStateOf } from '#libs/read-store';
import { FencedError } from '../checkpoints/generation-writer.js';
import { HandlerFailedError } from '../folding/fold-batch.js';
import { letterOf } from '../checkpoints/dead-letters.js';
import type { Obstacle } from './plan-batch.js';

/** One event can't be taken in, and trying again won't help. Everything before it was written. */
export class PoisonEventError extends Error {
  constructor(
    readonly obstacle: Obstacle,
    cause: unknown,
  ) {
    super(`An event of type ${obstacle.eventType} could not be projected.`, { cause });
    this.name = 'PoisonEventError';
  }
}

const poison = (event: StoredEvent, reason: string, cause: unknown): PoisonEventError =>
  new PoisonEventError(
    { state: 'failed', reason, at: event.position, eventType: event.type, letter: letterOf(event, reason) },
    cause,
  );

/** Whether the error says something about the time, or about who's at work, rather than about the events. */
const isAboutEvents = (error: unknown): boolean =>
  !(error instanceof FencedError || error instanceof DatabaseUnavailableError || isTransientFailure(error));

/** A code for what's wrong with an event; undefined for an error that says nothing about events. */
export const reasonOf = (error: unknown): string | undefined => {
  if (!isAboutEvents(error)) return undefined;
  return error instanceof HandlerFailedError ? 'handler-failed' : `refused-${sqlStateOf(error) ?? 'value'}`;
};

type Write = (events: readonly StoredEvent[], to: LogPosition) => Promise<void>;

/**
 * Writes events up to a position, and where that fails for good, everything before the event that's at fault.
 * A handler names it; where PostgreSQL refuses the rows, halving finds it.
 * @param write takes events and the position that they reach to
 */
export const writeIsolating = async (write: Write, events: readonly StoredEvent[], to: LogPosition): Promise<void> => {
  try {
    await write(events, to);
  } catch (error) {
    if (!isAboutEvents(error)) throw error;
    const [only] = events;
    if (error instanceof HandlerFailedError) {
      // By the event itself: what waits behind a parked one wasn't folded, and isn't counted.
      await writeFirst(write, events, events.indexOf(error.event));
      throw poison(error.event, 'handler-failed', error.cause);
    }
    if (events.length <= 1) {
      if (!only) throw error;
      throw poison(only, reasonOf(error) ?? 'refused-value', error);
    }
    const half = Math.ceil(events.length / 2);
    await writeFirst(write, events, half);
    await writeIsolating(write, events.slice(half), to);
  }
};

/** Writes the first so many events, up to the last of them. */
const writeFirst = async (write: Write, events: readonly StoredEvent[], count: number): Promise<void> => {
  const kept = events.slice(0, count);
  const last = kept.at(-1);
  if (last) await writeIsolating(write, kept, last.position);
};
