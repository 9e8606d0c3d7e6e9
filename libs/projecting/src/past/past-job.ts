import type { LogPosition } from '#libs/kernel';
import { scratchTables, type TableNames } from '../generations/table-names.js';
import type { Projection } from '../projection.js';

/** A segment as it was when its history was asked for. */
export interface JobSegment {
  readonly poolId: string;
  readonly criteria: Readonly<Record<string, unknown>>;
}

/** What somebody wants to see as of a past moment. */
export interface PastWanted {
  /** Read models as of then, or everybody who was ever in a segment. */
  readonly kind: 'state' | 'segment';
  readonly segment: JobSegment | null;
  /** Only what had occurred by then counts; null: whenever it occurred. */
  readonly occurredBy: Date | null;
  /** Only what had been recorded by then counts. */
  readonly position: LogPosition;
  /** Whether the position was asked for; else it was the end of the log. */
  readonly pinned: boolean;
  /** The read models that it's made of, each as `name@version`. */
  readonly models: readonly string[];
}

export const pastJobStates = ['waiting', 'building', 'ready', 'failed'] as const;

/** Work on a past moment, and what came of it. */
export interface PastJob extends PastWanted {
  readonly id: string;
  readonly state: (typeof pastJobStates)[number];
  readonly reached: LogPosition;
  readonly reachedId: string | null;
  /** From 0 to 1000. */
  readonly permille: number;
  /** When the last event that counts was recorded; null before any. */
  readonly recordedAt: Date | null;
  /** Why it failed: a code. */
  readonly reason: string | null;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
}

export const modelName = ({ name, version }: Projection): string => `${name}@${version}`;

export const PAST_SCHEMA_PREFIX = 'past_';

/** Where its rows lie: a schema of its own. */
export const pastTables = (jobId: string): TableNames =>
  scratchTables(`${PAST_SCHEMA_PREFIX}${jobId.replaceAll('-', '')}`);
