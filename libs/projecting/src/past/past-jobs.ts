import { err, newId, ok, type LogPosition, type Result } from '#libs/kernel';
import type { Database, SqlExecutor, TableSpec } from '#libs/read-store';
import { holdsErased } from './erased-since.js';
import type { PastJob, PastWanted } from './past-job.js';

/** So many may wait or be worked on; with more, whoever asks has to wait themselves. */
export const MOST_UNFINISHED = 4;
/** One without a position of its own is good for whoever asks within this time, unless they say otherwise. */
const FRESH_MINUTES = 10;

interface Row {
  readonly commit: string;
  readonly prepare: string;
  readonly reached_commit: string;
  readonly reached_prepare: string;
}
type Found = Omit<PastJob, 'position' | 'reached'> & Row;

const columns = `j.id, j.kind, j.segment, j.occurred_by AS "occurredBy", j.commit, j.prepare, j.pinned, j.models, j.state,
  j.reached_commit, j.reached_prepare, j.reached_id AS "reachedId", j.permille, j.recorded_at AS "recordedAt", j.reason,
  j.requested_at AS "requestedAt", j.finished_at AS "finishedAt"`;

const toJob = ({ commit, prepare, reached_commit, reached_prepare, ...job }: Found): PastJob => ({
  ...job,
  position: { commit: BigInt(commit), prepare: BigInt(prepare) },
  reached: { commit: BigInt(reached_commit), prepare: BigInt(reached_prepare) },
});

/** Which of the jobs that there are would do. */
export interface PastSought extends Omit<PastWanted, 'position'> {
  /** What had been recorded by then has to count; of a pinned one, nothing more. */
  readonly position: LogPosition;
}

/** Past states and histories that were asked for: kept where no rebuild touches them. */
export class PastJobs {
  /** @param people the table of a past state that names everybody who's in it, by the first column of its key */
  constructor(
    private readonly database: Database,
    private readonly people: TableSpec,
  ) {}

  /** One that does already, or a new one; `crowded` where too many are unfinished. */
  request(wanted: PastWanted, atLeast: LogPosition): Promise<Result<PastJob, 'crowded'>> {
    return this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['rapport-past-jobs']);
      const sought = { ...wanted, position: wanted.pinned ? wanted.position : atLeast };
      const [known] = await this.matching(
        tx,
        sought,
        `j.state <> 'failed' AND (j.pinned OR j.requested_at > now() - interval '${FRESH_MINUTES} minutes')`,
        // It mustn't be removed between this and the answer; if that's under way, it isn't there any more.
        'FOR NO KEY UPDATE OF j',
      );
      const usable = await this.unerased(tx, known);
      if (usable) {
        // It's to be looked into: it mustn't go as what nobody looked into for longest.
        await tx.query('UPDATE vault.past_jobs SET used_at = clock_timestamp() WHERE id = $1', [usable.id]);
        return ok(usable);
      }
      const [row] = await tx.query<{ n: string }>(
        `SELECT count(*) AS n FROM vault.past_jobs WHERE state IN ('waiting', 'building')`,
      );
      if (Number(row?.n) >= MOST_UNFINISHED) return err('crowded');
      const { kind, segment, occurredBy, position, pinned, models } = wanted;
      const [made] = await tx.query<Found>(
        `INSERT INTO vault.past_jobs AS j (id, kind, segment, occurred_by, commit, prepare, pinned, models)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${columns}`,
        [
          newId(),
          kind,
          segment && JSON.stringify(segment),
          occurredBy,
          position.commit,
          position.prepare,
          pinned,
          models,
        ],
      );
      if (!made) throw new Error('A past job was not stored.');
      return ok(toJob(made));
    });
  }

  /** The latest that fits, ready or not. */
  async latest(sought: PastSought): Promise<PastJob | undefined> {
    const [job] = await this.matching(this.database, sought, `j.state <> 'failed'`);
    return this.unerased(this.database, job);
  }

  async one(id: string): Promise<PastJob | undefined> {
    const rows = await this.database.query<Found>(`SELECT ${columns} FROM vault.past_jobs j WHERE j.id = $1`, [id]);
    return this.unerased(this.database, rows.map(toJob)[0]);
  }

  /** The latest first. */
  async list(kind: PastJob['kind'], limit: number): Promise<PastJob[]> {
    const rows = await this.database.query<Found>(
      `SELECT ${columns} FROM vault.past_jobs j WHERE j.kind = $1 ORDER BY j.requested_at DESC, j.id LIMIT $2`,
      [kind, limit],
    );
    return rows.map(toJob);
  }

  /** That it was looked into: what nobody looks into goes. */
  async used(id: string): Promise<void> {
    await this.database.query(
      `UPDATE vault.past_jobs SET used_at = clock_timestamp() WHERE id = $1 AND used_at < now() - interval '1 minute'`,
      [id],
    );
  }

  /** Nobody looks into what holds somebody who was erased since. */
  private async unerased(sql: SqlExecutor, job: PastJob | undefined): Promise<PastJob | undefined> {
    return job && !(await holdsErased(sql, this.people, job)) ? job : undefined;
  }

  /** The ready ones first, then the latest position. */
  private async matching(sql: SqlExecutor, sought: PastSought, more: string, locking = ''): Promise<PastJob[]> {
    const { kind, segment, occurredBy, position, pinned, models } = sought;
    const rows = await sql.query<Found>(
      `SELECT ${columns} FROM vault.past_jobs j
       WHERE j.kind = $1 AND j.segment IS NOT DISTINCT FROM $2::jsonb AND j.occurred_by IS NOT DISTINCT FROM $3::timestamptz
         AND j.models = $4::text[] AND j.pinned = $5 AND (j.commit, j.prepare) ${pinned ? '=' : '>='} ($6::bigint, $7::bigint)
         AND ${more}
       ORDER BY j.state = 'ready' DESC, j.commit DESC, j.prepare DESC LIMIT 1 ${locking}`,
      [kind, segment && JSON.stringify(segment), occurredBy, models, pinned, position.commit, position.prepare],
    );
    return rows.map(toJob);
  }
}
