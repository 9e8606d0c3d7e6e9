import type { Stage } from '../chaos/stage.js';
import type { Measured } from './report.js';

/** What a case gets: fresh servers of its own, and how much it may do. */
export interface Bench {
  readonly stage: Stage;
  readonly quick: boolean;
  /** How many events the longest log is to have; undefined for the case's own number. */
  readonly events: number | undefined;
  /** How often each measure is taken, in turn with what it's compared with. */
  readonly runs: number;
  /** The servers' and the given apps' processes, by name. */
  readonly pids: (apps?: Readonly<Record<string, number | undefined>>) => ReadonlyMap<string, number>;
}

/** Takes its measures in turn, all of a round before the next, so that a noisy minute falls on all of them. */
export type Case = (bench: Bench) => AsyncGenerator<Measured>;
