import type { MembershipChange } from '#libs/criteria';
import type { LogPosition } from '#libs/kernel';

/** One person and one segment, by what's recorded. */
export interface SegmentReading {
  readonly poolId: string;
  readonly watch: { readonly id: string; readonly since: number; readonly wasIn: boolean };
  /** When they come and go, past and future, as far as it's after the watch began; of a stay that began before, also its beginning. */
  readonly changes: readonly MembershipChange[];
  /** Whether they were told to be in under another one of their ids. */
  readonly inElsewhere: boolean;
}

/** One id of a person and all segments that are watched. */
export interface PersonReading {
  readonly kind: 'person';
  readonly candidateId: string;
  /** False for an id that was merged away: it's in nothing. */
  readonly goesBy: boolean;
  /** Everything that was recorded by then is counted. */
  readonly upTo: LogPosition;
  /** Epoch ms. */
  readonly now: number;
  readonly segments: readonly SegmentReading[];
}
