import { identifier, isTransientFailure, type Database, type SqlExecutor, type TableSpec } from '#libs/read-store';
import { HandlerFailedError } from '../folding/fold-batch.js';
import { Election } from '../running/election.js';
import { faultOf, type EngineLog } from '../running/engine-log.js';
import { defaultTuning } from '../running/tuning.js';
import { Backoff, rest } from '../running/waiting.js';
import { PastStoppedError } from './fold-past.js';
import { JobProgress, PastJobLostError } from './job-progress.js';
import { pastTables, type PastJob } from './past-job.js';
import { PastJobs } from './past-jobs.js';
import { removeOldPasts, type PastLife } from './past-upkeep.js';

/** What one kind of job comes to. */
export interface PastWork {
  /** Makes its empty tables, in a schema that's there. */
  prepare(sql: SqlExecutor, job: PastJob): Promise<void>;
  /** Goes on from where it is. False where the signal ended it. Whatever it throws that won't pass makes the job fail. */
  go(progress: JobProgress, signal: AbortSignal): Promise<boolean>;
}

export interface PastBuilderOptions {
  readonly database: Database;
  readonly logger: EngineLog;
  /** The read models that this program has, each as `name@version`; jobs on others are for another program. */
  readonly models: () => Promise<readonly string[]>;
  readonly works: Readonly<Record<PastJob['kind'], PastWork>>;
  readonly life: PastLife;
  /** The table of a past state that names everybody who's in it, by the first column of its key. */
  readonly people: TableSpec;
  readonly isPassing?: (error: unknown) => boolean;
  readonly pollMs?: number;
}

const POLL_MILLISECONDS = 1_000;
const UPKEEP_MILLISECONDS = 5_000;
/** Who works on jobs: one process at a time, on one job at a time. */
const POST = { projection: 'past-jobs', version: 1, build: 1 };

const reasonOf = (error: unknown): string =>
  error instanceof PastStoppedError ? error.reason : error instanceof HandlerFailedError ? 'handler-failed' : 'failed';

/** Works on what was asked for of the past, one at a time, and removes what isn't needed any more. */
export class PastBuilder {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private tidiedAt = -Infinity;

  constructor(private readonly options: PastBuilderOptions) {}

  start(): void {
    this.running = this.stand();
  }

  /** Resolves once nothing is under way. What was is gone on with by whoever comes next. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async stand(): Promise<void> {
    const { signal } = this.stopping;
    const { logger, database } = this.options;
    const backoff = new Backoff(defaultTuning.firstBackoffMs, defaultTuning.longestBackoffMs);
    while (!signal.aborted) {
      let election: Election | undefined;
      try {
        election = await Election.open(database.url);
        const either = AbortSignal.any([signal, election.lost]);
        while (!(await election.win(POST))) {
          await rest(defaultTuning.electionMs, either);
          if (either.aborted) break;
        }
        backoff.reset();
        while (!either.aborted) await this.look(either);
      } catch (error) {
        if (signal.aborted) break;
        logger.warn({ fault: faultOf(error) }, 'past jobs wait');
        await rest(backoff.next(), signal);
      } finally {
        await election?.close();
      }
    }
  }

  private async look(signal: AbortSignal): Promise<void> {
    const { database, life, logger, people, pollMs = POLL_MILLISECONDS } = this.options;
    if (performance.now() - this.tidiedAt > UPKEEP_MILLISECONDS) {
      const removed = await removeOldPasts(database, life, people);
      if (removed > 0) logger.info({ removed }, 'removed past states');
      this.tidiedAt = performance.now();
    }
    const job = await this.next();
    if (job) await this.work(job, signal);
    else await rest(pollMs, signal);
  }

  private async next(): Promise<PastJob | undefined> {
    const [row] = await this.options.database.query<{ id: string }>(
      `SELECT id FROM vault.past_jobs WHERE state IN ('building', 'waiting') AND models <@ $1::text[]
       ORDER BY state, requested_at, id LIMIT 1`,
      [await this.options.models()],
    );
    return row && new PastJobs(this.options.database, this.options.people).one(row.id);
  }

  private async work(job: PastJob, signal: AbortSignal): Promise<void> {
    const { database, works, logger, isPassing = () => false } = this.options;
    const { id, kind } = job;
    try {
      if (job.state === 'waiting') await this.begin(job);
      const done = await works[kind].go(new JobProgress({ ...job, state: 'building' }), signal);
      if (!done) return;
      await database.query(
        `UPDATE vault.past_jobs SET state = 'ready', permille = 1000, finished_at = clock_timestamp(), used_at = clock_timestamp() WHERE id = $1`,
        [id],
      );
      logger.info({ job: id, kind }, 'past job done');
    } catch (error) {
      if (error instanceof PastJobLostError) return;
      if (isTransientFailure(error) || isPassing(error)) throw error;
      logger.error({ job: id, kind, fault: faultOf(error) }, 'past job failed');
      await database.query(
        `UPDATE vault.past_jobs SET state = 'failed', reason = $2, finished_at = clock_timestamp() WHERE id = $1`,
        [id, reasonOf(error)],
      );
      await database.query(`DROP SCHEMA IF EXISTS ${identifier(pastTables(id).schema)} CASCADE`);
    }
  }

  private begin(job: PastJob): Promise<void> {
    return this.options.database.transaction(async (tx) => {
      const schema = identifier(pastTables(job.id).schema);
      await tx.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await tx.query(`CREATE SCHEMA ${schema}`);
      await this.options.works[job.kind].prepare(tx, job);
      const begun = await tx.query(
        `UPDATE vault.past_jobs SET state = 'building' WHERE id = $1 AND state = 'waiting' RETURNING id`,
        [job.id],
      );
      if (begun.length === 0) throw new PastJobLostError();
    });
  }
}
