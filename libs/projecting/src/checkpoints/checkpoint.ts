import type { LogPosition } from '#libs/kernel';

/** `live`: what queries see. `building`: catches up beside it. `retired`: kept for a way back, not moved any more. */
export type Generation = 'live' | 'building' | 'retired';
/** `paused` and `failed` don't move until someone looks at `reason`, or a program that can go on is started. */
export type CheckpointState = 'running' | 'paused' | 'failed';

/** Which rows are meant: one build of one version of one projection. */
export interface GenerationId {
  readonly projection: string;
  readonly version: number;
  /** Counts from 1; a rebuild of the same version has the next one. */
  readonly build: number;
}

export const isSameGeneration = (a: GenerationId, b: GenerationId): boolean =>
  a.projection === b.projection && a.version === b.version && a.build === b.build;

/** Where one generation of a projection stands. */
export interface Checkpoint extends GenerationId {
  readonly generation: Generation;
  /** It was live before, and catches up because a rollback was asked for. */
  readonly broughtBack: boolean;
  readonly state: CheckpointState;
  /** A code, e.g. `operator`, `unknown-version`, `handler-failed`. */
  readonly reason?: string;
  /** The event that `reason` is about. */
  readonly reasonAt?: LogPosition;
  /** Everything up to here is in the rows. */
  readonly position: LogPosition;
  /** When the last event up to `position` was recorded. */
  readonly eventAt?: Date;
  /** The first event of a type that the program didn't know: a rebuild is due once it does. */
  readonly firstSkipped?: LogPosition;
  /** Its tables' names, without schema and version. */
  readonly tables: readonly string[];
}

/** The reason of a pause that only an operator ends. */
export const PAUSED_BY_OPERATOR = 'operator';
