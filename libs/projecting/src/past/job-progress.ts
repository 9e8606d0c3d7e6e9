import type { LogPosition } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import type { PastJob } from './past-job.js';

/** Somebody else works on it, or it was taken away. */
export class PastJobLostError extends Error {
  constructor() {
    super('A past job was moved on, or taken away, by another process.');
    this.name = 'PastJobLostError';
  }
}

/** How far a job has come; each of them only what it has to do with. */
export interface Reached {
  readonly position: LogPosition;
  readonly id: string | null;
}

/** Moves a job on, from where this process knows it to be: whoever was overtaken writes nothing. */
export class JobProgress {
  private at: Reached;

  constructor(readonly job: PastJob) {
    this.at = { position: job.reached, id: job.reachedId };
  }

  get reached(): Reached {
    return this.at;
  }

  /** To be called in the transaction that writes the rows. Throws PastJobLostError. */
  async advance(tx: SqlExecutor, to: Reached, permille: number, recordedAt?: Date): Promise<void> {
    const { position, id } = this.at;
    const moved = await tx.query(
      `UPDATE vault.past_jobs SET reached_commit = $5, reached_prepare = $6, reached_id = $7, permille = $8,
         recorded_at = coalesce($9, recorded_at)
       WHERE id = $1 AND state = 'building' AND reached_commit = $2 AND reached_prepare = $3
         AND reached_id IS NOT DISTINCT FROM $4::uuid RETURNING id`,
      [
        this.job.id,
        position.commit,
        position.prepare,
        id,
        to.position.commit,
        to.position.prepare,
        to.id,
        permille,
        recordedAt ?? null,
      ],
    );
    if (moved.length === 0) throw new PastJobLostError();
    this.at = to;
  }
}
