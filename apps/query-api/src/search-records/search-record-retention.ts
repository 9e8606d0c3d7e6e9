import { LOGGER, type Logger } from '#libs/observability';
import { Database, sqlStateOf } from '#libs/read-store';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

/** How long records are kept, in days. */
export const RECORD_DAYS = Symbol('RecordDays');

const HOUR = 3_600_000;
/** A statement's worth: well within the time that one may take. */
const BATCH = 5_000;

/** Removes records of searches that are older than they're kept: when the app starts, and every hour. */
@Injectable()
export class SearchRecordRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly database: Database,
    @Inject(RECORD_DAYS) private readonly days: number,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.tryToRemove();
    this.timer = setInterval(() => void this.tryToRemove(), HOUR);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  /** How many were removed. Safe in several processes at once. */
  async removeOld(): Promise<number> {
    let removed = 0;
    for (let batch = BATCH; batch === BATCH && !this.stopped; removed += batch) {
      const [row] = await this.database.query<{ count: number }>(
        `WITH old AS (
           SELECT id FROM vault.search_records WHERE searched_at < now() - make_interval(days => $1)
           ORDER BY searched_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
         ), gone AS (DELETE FROM vault.search_records r USING old WHERE r.id = old.id RETURNING 1)
         SELECT count(*)::integer AS count FROM gone`,
        [this.days],
      );
      batch = row?.count ?? 0;
    }
    return removed;
  }

  private async tryToRemove(): Promise<void> {
    try {
      const removed = await this.removeOld();
      if (removed > 0) this.logger.info({ removed, days: this.days }, 'Removed old records of searches.');
    } catch (error) {
      if (!this.stopped)
        this.logger.warn(
          { sqlState: sqlStateOf(error) ?? null },
          'Old records of searches were not removed this time.',
        );
    }
  }
}
