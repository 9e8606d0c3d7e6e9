import type { Criteria } from '#libs/criteria';
import type { LogPosition } from '#libs/kernel';

/** A segment that's followed, from the event on that said so, or that changed what its criteria mean. */
export interface Watch {
  /** Of that event; made of the event and the segment where it's about several. */
  readonly id: string;
  readonly poolId: string;
  readonly criteria: Criteria;
  /** Epoch ms. */
  readonly since: number;
  readonly position: LogPosition;
  /** The event types that its criteria mention: no other one changes who is in. */
  readonly mentions: ReadonlySet<string>;
}
