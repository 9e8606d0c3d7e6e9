import { encodePosition, type LogPosition } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import { ASIDE, PROGRESS_CHANNEL } from '../announcing/channels.js';
import { isSameGeneration } from './checkpoint.js';
import type { Checkpoint, CheckpointState, Generation, GenerationId } from './checkpoint.js';

interface CheckpointRow {
  projection: string;
  version: number;
  build: number;
  generation: Generation;
  brought_back: boolean;
  state: CheckpointState;
  reason: string | null;
  reason_commit: string | null;
  reason_prepare: string | null;
  commit: string;
  prepare: string;
  event_at: Date | null;
  skipped_commit: string | null;
  skipped_prepare: string | null;
  tables: string[];
}

const positionOf = (commit: string | null, prepare: string | null): LogPosition | undefined =>
  commit === null || prepare === null ? undefined : { commit: BigInt(commit), prepare: BigInt(prepare) };

const toCheckpoint = (row: CheckpointRow): Checkpoint => {
  const reasonAt = positionOf(row.reason_commit, row.reason_prepare);
  const firstSkipped = positionOf(row.skipped_commit, row.skipped_prepare);
  return {
    projection: row.projection,
    version: row.version,
    build: row.build,
    generation: row.generation,
    broughtBack: row.brought_back,
    state: row.state,
    position: { commit: BigInt(row.commit), prepare: BigInt(row.prepare) },
    tables: row.tables,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(reasonAt ? { reasonAt } : {}),
    ...(row.event_at ? { eventAt: row.event_at } : {}),
    ...(firstSkipped ? { firstSkipped } : {}),
  };
};

/** Every generation, or those of one projection. */
export const readCheckpoints = async (sql: SqlExecutor, projection?: string): Promise<Checkpoint[]> => {
  const rows = await sql.query<CheckpointRow>(
    `SELECT projection, version, build, generation, brought_back, state, reason, reason_commit, reason_prepare, commit, prepare, event_at,
            skipped_commit, skipped_prepare, tables
     FROM vault.projection_checkpoints WHERE $1::text IS NULL OR projection = $1 ORDER BY projection, version, build`,
    [projection ?? null],
    { prepared: true },
  );
  return rows.map(toCheckpoint);
};

export const readCheckpoint = async (sql: SqlExecutor, id: GenerationId): Promise<Checkpoint | undefined> =>
  (await readCheckpoints(sql, id.projection)).find((one) => isSameGeneration(one, id));

export interface Advance {
  readonly from: LogPosition;
  readonly to: LogPosition;
  /** When the last event up to `to` was recorded, if there was one. */
  readonly eventAt?: Date | undefined;
  /** The first event of an unknown type on the way. The first one ever is kept. */
  readonly firstSkipped?: LogPosition | undefined;
  /** Whether events up to `to` may be set aside: whoever waits for one of them has to look. */
  readonly aside?: boolean;
}

/**
 * Moves a checkpoint if it's still where the caller believes it to be, and announces it; false if it isn't, or if the
 * generation was paused or retired. The transaction's commit doesn't wait for the disk: rows and checkpoint are lost together,
 * and are made again from the log.
 */
export const advanceCheckpoint = async (
  sql: SqlExecutor,
  { projection, version, build }: GenerationId,
  { from, to, eventAt, firstSkipped, aside }: Advance,
): Promise<boolean> => {
  const moved = await sql.query(
    `WITH moved AS (
       UPDATE vault.projection_checkpoints
       SET commit = $5, prepare = $6, event_at = coalesce($7, event_at), updated_at = now(),
           skipped_prepare = CASE WHEN skipped_commit IS NULL THEN $9 ELSE skipped_prepare END,
           skipped_commit = coalesce(skipped_commit, $8)
       WHERE projection = $1 AND version = $2 AND build = $11 AND commit = $3 AND prepare = $4 AND state = 'running' AND generation <> 'retired'
       RETURNING generation)
     SELECT set_config('synchronous_commit', 'off', true),
            CASE WHEN generation = 'live' THEN pg_notify('${PROGRESS_CHANNEL}', $10)::text END
     FROM moved`,
    [
      projection,
      version,
      from.commit.toString(),
      from.prepare.toString(),
      to.commit.toString(),
      to.prepare.toString(),
      eventAt ?? null,
      firstSkipped?.commit.toString() ?? null,
      firstSkipped?.prepare.toString() ?? null,
      `${projection} ${encodePosition(to)}${aside ? ` ${ASIDE}` : ''}`,
      build,
    ],
    { prepared: true },
  );
  return moved.length === 1;
};

/** Stops or starts a generation, whoever works on it, and announces it: for operators. `reasonAt` is the event that it's about. */
export const setCheckpointState = async (
  sql: SqlExecutor,
  { projection, version, build }: GenerationId,
  state: CheckpointState,
  reason?: string,
  reasonAt?: LogPosition,
): Promise<void> => {
  await sql.query(
    `WITH changed AS (
       UPDATE vault.projection_checkpoints
       SET state = $3, reason = $4, reason_commit = $5, reason_prepare = $6, updated_at = now()
       WHERE projection = $1 AND version = $2 AND build = $7 RETURNING projection)
     SELECT pg_notify('${PROGRESS_CHANNEL}', projection) FROM changed`,
    [
      projection,
      version,
      state,
      reason ?? null,
      reasonAt?.commit.toString() ?? null,
      reasonAt?.prepare.toString() ?? null,
      build,
    ],
  );
};

/** What becomes of a generation's state. */
export interface StateChange {
  /** How the generation is believed to stand. */
  readonly from: Pick<Checkpoint, 'state' | 'position'>;
  readonly to: CheckpointState;
  readonly reason?: string;
  /** The event that `reason` is about. */
  readonly reasonAt?: LogPosition;
}

/**
 * Stops or starts a generation that's still as the caller believes it to be, and announces it; false if it isn't. To be run on
 * the connection by which the caller was elected: if that has ended, so has the right to say anything of it.
 */
export const changeCheckpointState = async (
  sql: SqlExecutor,
  { projection, version, build }: GenerationId,
  { from, to, reason, reasonAt }: StateChange,
): Promise<boolean> => {
  const changed = await sql.query(
    `WITH changed AS (
       UPDATE vault.projection_checkpoints
       SET state = $7, reason = $8, reason_commit = $9, reason_prepare = $10, updated_at = now()
       WHERE projection = $1 AND version = $2 AND build = $3 AND commit = $4 AND prepare = $5 AND state = $6
         AND generation <> 'retired'
       RETURNING projection)
     SELECT pg_notify('${PROGRESS_CHANNEL}', projection) FROM changed`,
    [
      projection,
      version,
      build,
      from.position.commit.toString(),
      from.position.prepare.toString(),
      from.state,
      to,
      reason ?? null,
      reasonAt?.commit.toString() ?? null,
      reasonAt?.prepare.toString() ?? null,
    ],
  );
  return changed.length === 1;
};
