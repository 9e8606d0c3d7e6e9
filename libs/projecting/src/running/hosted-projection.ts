import { isSameGeneration, type Checkpoint } from '../checkpoints/checkpoint.js';
import type { Projection } from '../projection.js';
import { ProjectionSlot } from './projection-slot.js';
import type { Tuning } from './tuning.js';

/** One projection of a host, with a slot for each of its generations: the live one, and one that's being built beside it. */
export class HostedProjection {
  slots: readonly ProjectionSlot[] = [];
  /** Whether a newer version of it is live, or this one was. */
  outdated = false;
  /** Whether its generations could not be looked up the last time. */
  unknown = false;

  constructor(
    readonly projection: Projection,
    private readonly tuning: Tuning,
  ) {}

  /** Has a slot for each of these, and gives back the slots of generations that are no more. */
  follow(generations: readonly Checkpoint[]): readonly ProjectionSlot[] {
    const kept = this.slots.filter(({ id }) => generations.some((one) => isSameGeneration(one, id)));
    const gone = this.slots.filter((slot) => !kept.includes(slot));
    const added = generations
      .filter((one) => !kept.some(({ id }) => isSameGeneration(one, id)))
      .map(({ projection, version, build }) => ({ projection, version, build }))
      .map((id) => new ProjectionSlot(this.projection, id, this.tuning));
    this.slots = [...kept, ...added];
    for (const slot of this.slots)
      slot.stopped = generations.find((one) => isSameGeneration(one, slot.id))?.state !== 'running';
    return gone;
  }
}
