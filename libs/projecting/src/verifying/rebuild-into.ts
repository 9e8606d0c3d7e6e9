import { comparePositions, START, type LogPosition } from '#libs/kernel';
import { identifier, type Database } from '#libs/read-store';
import { foldOver } from '../checkpoints/generation-writer.js';
import { writeInTransaction } from '../checkpoints/write-changes.js';
import { HandlerFailedError } from '../folding/fold-batch.js';
import { createTables } from '../generations/generations.js';
import { scratchTables, type TableNames } from '../generations/table-names.js';
import type { Projection } from '../projection.js';
import { ChunkQueue } from '../reading/chunk-queue.js';
import { LogReader } from '../reading/log-reader.js';
import type { LogChunk, LogDecoder, LogSource } from '../reading/log-source.js';
import type { EngineLog } from '../running/engine-log.js';
import { planBatch } from '../running/plan-batch.js';
import { defaultTuning } from '../running/tuning.js';
import { checksum, type ProjectionChecksum } from './checksum.js';

/** Fewer statements than live: nobody waits for a single event here. */
const BATCH_EVENTS = 10_000;
/** How many read models are folded at once: one computes while PostgreSQL writes another's rows. */
const AT_ONCE = 2;

export interface RebuildSource {
  readonly database: Database;
  readonly log: LogSource;
  readonly decoder: LogDecoder;
  readonly logger: EngineLog;
  readonly batchEvents?: number;
}

export interface RebuildTarget {
  readonly projection: Projection;
  /** The schema to fold into. What's in it goes, before and after. */
  readonly scratchSchema: string;
  readonly upTo: LogPosition;
}

export interface Rebuilt {
  readonly checksum: ProjectionChecksum;
  readonly upTo: LogPosition;
  /** How many events the projection took in. */
  readonly events: number;
}

/** A rebuild doesn't step around what it can't take in. */
export class RebuildStoppedError extends Error {
  constructor(projection: string, reason: string) {
    super(`${projection} could not be rebuilt: ${reason}.`);
    this.name = 'RebuildStoppedError';
  }
}

/**
 * Folds the log from its first event into scratch tables, reading it once for all, and says what's in them: what the live
 * tables should hold. For one that met what it can't take in it gives the RebuildStoppedError; the others go on.
 * @param onProgress told how far all have come, of how far the last of them goes
 */
export const rebuildAll = async (
  source: RebuildSource,
  targets: readonly RebuildTarget[],
  onProgress?: (reached: LogPosition, goal: LogPosition) => void,
): Promise<readonly (Rebuilt | RebuildStoppedError)[]> => {
  const { database, batchEvents = BATCH_EVENTS } = source;
  const rebuilds = targets.map((target) => new Rebuild(database, target));
  const end = rebuilds.reduce((last, { target: { upTo } }) => (comparePositions(upTo, last) > 0 ? upTo : last), START);
  const tuning = { ...defaultTuning, batchEvents, readAheadEvents: batchEvents * 2 };
  const queue = new ChunkQueue(START, tuning);
  try {
    for (const rebuild of rebuilds) await rebuild.begin();
    const reader = new LogReader(START, { ...source, tuning });
    reader.sinks.add(queue);
    try {
      for (let reached = START; comparePositions(reached, end) < 0;) {
        const chunk = await queue.take();
        if (!chunk) break;
        await severalAtOnce(rebuilds, (rebuild) => rebuild.fold(chunk));
        reached = chunk.upTo;
        onProgress?.(reached, end);
      }
    } finally {
      queue.close();
      await reader.close();
    }
    const outcomes: (Rebuilt | RebuildStoppedError)[] = [];
    for (const rebuild of rebuilds) outcomes.push(await rebuild.outcome());
    return outcomes;
  } finally {
    for (const { target } of rebuilds) await dropSchema(database, target.scratchSchema);
  }
};

/** As `rebuildAll`, for one, up to the log's head as of now unless it's said. Throws the RebuildStoppedError. */
export const rebuildInto = async (
  options: RebuildSource & Omit<RebuildTarget, 'upTo'> & Partial<RebuildTarget>,
): Promise<Rebuilt> => {
  const upTo = options.upTo ?? (await options.log.head());
  const [outcome] = await rebuildAll(options, [{ ...options, upTo }]);
  if (!outcome || outcome instanceof RebuildStoppedError) throw outcome ?? new Error('Nothing was rebuilt.');
  return outcome;
};

/** One read model on its way through the log. */
class Rebuild {
  private readonly names: TableNames;
  private events = 0;
  private stopped: RebuildStoppedError | undefined;

  constructor(
    private readonly database: Database,
    readonly target: RebuildTarget,
  ) {
    this.names = scratchTables(target.scratchSchema);
  }

  async begin(): Promise<void> {
    const { projection, scratchSchema } = this.target;
    await dropSchema(this.database, scratchSchema);
    await this.database.query(`CREATE SCHEMA ${identifier(scratchSchema)}`);
    await createTables(this.database, this.names, projection.tables);
  }

  async fold(chunk: LogChunk): Promise<void> {
    if (this.stopped) return;
    const { projection, upTo } = this.target;
    const { events, obstacle } = planBatch(projection, until(chunk, upTo));
    try {
      const changes = await foldOver(this.database, this.names, projection, events);
      await writeInTransaction(this.database, (tx, write) => write(tx, this.names, changes));
    } catch (error) {
      if (!(error instanceof HandlerFailedError)) throw error;
      this.stop('handler-failed', error.event.type);
      return;
    }
    this.events += events.length;
    if (obstacle) this.stop(obstacle.reason, obstacle.eventType);
  }

  private stop(reason: string, eventType: string): void {
    this.stopped = new RebuildStoppedError(this.target.projection.name, `${reason} (${eventType})`);
  }

  async outcome(): Promise<Rebuilt | RebuildStoppedError> {
    const { projection, upTo } = this.target;
    if (this.stopped) return this.stopped;
    return { checksum: await checksum(this.database, projection, this.names), upTo, events: this.events };
  }
}

const severalAtOnce = async <T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
  const waiting = all.values();
  const lane = async (): Promise<void> => {
    for (const one of waiting) await work(one);
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
};

const dropSchema = async (database: Database, schema: string): Promise<void> => {
  await database.query(`DROP SCHEMA IF EXISTS ${identifier(schema)} CASCADE`);
};

const until = (chunk: LogChunk, end: LogPosition): LogChunk => ({
  ...chunk,
  items: chunk.items.filter((item) => comparePositions(item.ok ? item.event.position : item.raw.position, end) <= 0),
});
