import { encodePosition, type LogPosition } from '#libs/kernel';
import type { Generation } from '../checkpoints/checkpoint.js';
import type { LogSource } from '../reading/log-source.js';
import type { HostedProjection } from './hosted-projection.js';
import type { ProjectionSlot, SlotPhase } from './projection-slot.js';
import type { WorkerFigures } from './projection-worker.js';
import type { ReaderPool } from './reader-pool.js';
import { soon } from './soon.js';

/** How one projection stands, as the process that asks sees it. Positions are tokens. */
export interface ProjectionStatus {
  readonly projection: string;
  readonly version: number;
  /** Of this version; absent where it isn't known yet. */
  readonly build?: number;
  /**
   * `outdated`: a newer version of it is live, or this one was. `catching-up` and `live` are `working`, by whether the reader has
   * caught up.
   */
  readonly state: Exclude<SlotPhase, 'working'> | 'outdated' | 'catching-up' | 'live' | 'retrying';
  /** The rest is known only where this process works on it. */
  readonly generation?: Generation;
  readonly position?: string;
  /** When the last event that's in the rows was recorded. */
  readonly eventAt?: Date;
  /** The first event of an unknown type that was passed over. */
  readonly firstSkipped?: string;
  /** Subjects that have events set aside. */
  readonly parkedScopes?: number;
  /** Events that were received and aren't in the rows yet. */
  readonly pendingEvents?: number;
  /** How far the log's head is ahead: events on the embedded node, bytes of log on a cluster. */
  readonly lagPositions?: number;
  /** Age of the oldest event that isn't in the rows yet, as far as it's known; 0 when all are. */
  readonly lagSeconds?: number;
  readonly figures?: Readonly<WorkerFigures>;
}

const describe = (slot: ProjectionSlot, readers: ReaderPool, head: LogPosition | undefined): ProjectionStatus => {
  const { worker, phase, id } = slot;
  if (!worker || phase !== 'working') return { ...id, state: phase === 'working' ? 'waiting' : phase };
  const { queue, position, eventAt, firstSkipped, generation, figures, busySince, retrying } = worker;
  const reader = readers.of(queue);
  const live = reader?.live ?? false;
  const held = reader?.heldAfter(queue.received);
  const waitingSince = busySince ?? queue.waitingSince ?? held?.since ?? (live ? undefined : eventAt);
  const ahead = head === undefined ? undefined : Number(head.commit - position.commit);
  return {
    ...id,
    state: retrying || reader?.retrying ? 'retrying' : live ? 'live' : 'catching-up',
    generation,
    position: encodePosition(position),
    parkedScopes: worker.parkedScopes,
    pendingEvents: queue.waiting + (held?.events ?? 0),
    lagSeconds: waitingSince ? Math.max(0, (Date.now() - waitingSince.getTime()) / 1_000) : 0,
    figures: { ...figures },
    ...(ahead === undefined ? {} : { lagPositions: Math.max(0, ahead) }),
    ...(eventAt ? { eventAt } : {}),
    ...(firstSkipped ? { firstSkipped: encodePosition(firstSkipped) } : {}),
  };
};

export const describeProjections = async (
  projections: readonly HostedProjection[],
  readers: ReaderPool,
  log: LogSource,
): Promise<readonly ProjectionStatus[]> => {
  const head = await soon(log.head());
  return projections.flatMap(({ projection, slots, outdated, unknown }) => {
    if (slots.length > 0) return slots.map((slot) => describe(slot, readers, head));
    const state = outdated ? 'outdated' : unknown ? 'waiting' : 'standby';
    return [{ projection: projection.name, version: projection.version, state }];
  });
};
