import { encodePosition } from '#libs/kernel';
import type { Checkpoint, ProjectionStatus } from '#libs/projecting';

/** A stored checkpoint as the status shows it. */
export interface StoredGeneration {
  readonly projection: string;
  readonly version: number;
  readonly build: number;
  readonly generation: string;
  readonly state: string;
  readonly position: string;
  readonly reason?: string;
  /** The event that `reason` is about. */
  readonly reasonAt?: string;
  /** The first event of an unknown type that was passed over. */
  readonly firstSkipped?: string;
  readonly eventAt?: Date;
}

/** How this process sees its projections, and what every process has stored. */
export interface ProjectorStatus {
  readonly projections: readonly ProjectionStatus[];
  /** Absent while PostgreSQL is away. */
  readonly stored?: readonly StoredGeneration[];
}

/** As it's shown: positions as tokens. */
export const toStoredGeneration = (checkpoint: Checkpoint): StoredGeneration => {
  const { tables: _, position, reasonAt, firstSkipped, ...rest } = checkpoint;
  return {
    ...rest,
    position: encodePosition(position),
    ...(reasonAt ? { reasonAt: encodePosition(reasonAt) } : {}),
    ...(firstSkipped ? { firstSkipped: encodePosition(firstSkipped) } : {}),
  };
};
