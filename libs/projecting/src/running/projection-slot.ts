import type { GenerationId } from '../checkpoints/checkpoint.js';
import type { Projection } from '../projection.js';
import type { ProjectionWorker } from './projection-worker.js';
import type { Tuning } from './tuning.js';
import { Backoff } from './waiting.js';

/** `standby`: another process works on it. `waiting`: to be tried again at `retryAt`. `halted`: someone has to look at it. */
export type SlotPhase = 'standby' | 'waiting' | 'working' | 'halted';

/** What a host knows of one generation of one of its projections. */
export class ProjectionSlot {
  readonly backoff: Backoff;
  phase: SlotPhase = 'standby';
  worker: ProjectionWorker | undefined;
  /** Whether its checkpoint says that it's stopped, by the last look. */
  stopped = false;
  /** Whether this process was elected. */
  won = false;
  /** In milliseconds since 1970; not touched before. */
  retryAt = 0;
  /** Whether this process has tried it yet: a new program may get past what stopped the last one. */
  tried = false;

  constructor(
    readonly projection: Projection,
    readonly id: GenerationId,
    tuning: Tuning,
  ) {
    this.backoff = new Backoff(tuning.firstBackoffMs, tuning.longestBackoffMs);
  }
}
