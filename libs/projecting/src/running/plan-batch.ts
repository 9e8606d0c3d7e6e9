import type { LogPosition, StoredEvent } from '#libs/kernel';
import { positionOf, recordedAtOf, type LogChunk } from '../reading/log-source.js';
import { letterOfRaw, type Letter } from '../checkpoints/dead-letters.js';
import type { Projection } from '../projection.js';

/** An event that a projection can't take in, and why: a code. */
export interface Obstacle {
  readonly state: 'paused' | 'failed';
  readonly reason: string;
  readonly at: LogPosition;
  readonly eventType: string;
  /** Of the event, for it to be set aside. */
  readonly letter: Letter;
}

/** What a projection makes of a chunk of the log. */
export interface BatchPlan {
  /** Those that it handles, in log order. */
  readonly events: readonly StoredEvent[];
  /** Those that don't change it: where their scope is set aside, so are they. */
  readonly ignored: readonly StoredEvent[];
  /** Where it stands afterwards; undefined if it doesn't get past the first item. */
  readonly to: LogPosition | undefined;
  /** When the last event up to `to` was recorded. */
  readonly eventAt: Date | undefined;
  /** The first event of a type that this program doesn't know. */
  readonly firstSkipped: LogPosition | undefined;
  /** Whether there was any event, handled or not. */
  readonly sawEvents: boolean;
  readonly obstacle: Obstacle | undefined;
}

/**
 * Sorts out a chunk for one projection. Events of unknown types are passed over, and the first is remembered; an unknown
 * version of a type that it handles stops it, and so does a broken event; what it doesn't handle can't.
 */
export const planBatch = (projection: Projection, { items, upTo }: LogChunk): BatchPlan => {
  const events: StoredEvent[] = [];
  const ignored: StoredEvent[] = [];
  let to: LogPosition | undefined;
  let eventAt: Date | undefined;
  let firstSkipped: LogPosition | undefined;
  for (const item of items) {
    if (item.ok) {
      (projection.handlers[item.event.type] ? events : ignored).push(item.event);
    } else if (item.reason === 'unknown-type') {
      firstSkipped ??= item.raw.position;
    } else if (projection.handlers[item.raw.type]) {
      const unknown = item.reason === 'unknown-version';
      const reason = unknown ? 'unknown-version' : 'invalid-event';
      const obstacle: Obstacle = {
        state: unknown ? 'paused' : 'failed',
        reason,
        at: item.raw.position,
        eventType: item.raw.type,
        letter: letterOfRaw(item.raw, reason),
      };
      return { events, ignored, to, eventAt, firstSkipped, sawEvents: to !== undefined, obstacle };
    }
    to = positionOf(item);
    eventAt = recordedAtOf(item);
  }
  return { events, ignored, to: upTo, eventAt, firstSkipped, sawEvents: items.length > 0, obstacle: undefined };
};
