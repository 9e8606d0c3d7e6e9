import { comparePositions, type LogPosition, type StoredEvent } from '#libs/kernel';
import { unprepared, type Database, type SqlExecutor, type Transaction } from '#libs/read-store';
import { foldOver } from '../checkpoints/generation-writer.js';
import { writeChanges } from '../checkpoints/write-changes.js';
import { targetOf, type TableNames } from '../generations/table-names.js';
import type { Projection } from '../projection.js';
import { ChunkQueue } from '../reading/chunk-queue.js';
import { LogReader } from '../reading/log-reader.js';
import { positionOf, recordedAtOf, type LogChunk, type LogDecoder, type LogSource } from '../reading/log-source.js';
import type { EngineLog } from '../running/engine-log.js';
import { planBatch } from '../running/plan-batch.js';
import { defaultTuning } from '../running/tuning.js';

const BATCH_EVENTS = 5_000;

/** Which of these events count for a past state, given the rows of the past state so far. */
export type PastSelection = (
  events: readonly StoredEvent[],
  sql: SqlExecutor,
  names: TableNames,
) => Promise<readonly StoredEvent[]>;

export interface PastFold {
  readonly database: Database;
  readonly log: LogSource;
  readonly decoder: LogDecoder;
  readonly logger: EngineLog;
  readonly projections: readonly Projection[];
  /** Where the rows are: empty tables, or what an earlier fold up to `from` left. */
  readonly names: TableNames;
  readonly from: LogPosition;
  readonly upTo: LogPosition;
  readonly select: PastSelection;
  readonly signal: AbortSignal;
  readonly batchEvents?: number;
  /** Stores how far it has come, in the transaction of the rows; may throw, and then there are no rows. */
  readonly advance: (tx: Transaction, reached: LogPosition, recordedAt: Date | undefined) => Promise<void>;
}

/** A past state doesn't step around what a projection can't take in. */
export class PastStoppedError extends Error {
  constructor(
    readonly reason: string,
    projection: string,
  ) {
    super(`${projection} could not be folded up to a past moment: ${reason}.`);
    this.name = 'PastStoppedError';
  }
}

/**
 * Folds the log into tables beside the live ones, by the projections' own folds, up to a position. Rows and progress are one
 * transaction a batch, so that it goes on where it stopped. False where the signal ended it.
 */
export const foldPast = async (options: PastFold): Promise<boolean> => {
  const { from, upTo, signal, batchEvents = BATCH_EVENTS } = options;
  const tuning = { ...defaultTuning, batchEvents, readAheadEvents: batchEvents * 2 };
  const queue = new ChunkQueue(from, tuning);
  const reader = new LogReader(from, { ...options, tuning });
  reader.sinks.add(queue);
  const stop = (): void => queue.close();
  signal.addEventListener('abort', stop);
  try {
    for (let reached = from; comparePositions(reached, upTo) < 0;) {
      const chunk = signal.aborted ? undefined : await queue.take();
      if (!chunk) return false;
      await foldChunk(options, until(chunk, upTo));
      reached = chunk.upTo;
    }
    return true;
  } finally {
    signal.removeEventListener('abort', stop);
    queue.close();
    await reader.close();
  }
};

/** What's in a chunk up to a position. */
const until = (chunk: LogChunk, end: LogPosition): LogChunk => ({
  ...chunk,
  items: chunk.items.filter((item) => comparePositions(positionOf(item), end) <= 0),
  upTo: comparePositions(chunk.upTo, end) < 0 ? chunk.upTo : end,
});

const foldChunk = async (options: PastFold, chunk: LogChunk): Promise<void> => {
  const { database, names, projections, select, advance } = options;
  const events = chunk.items.flatMap((item) => (item.ok ? [item.event] : []));
  const counted = new Set(await select(events, database, names));
  const changes = await Promise.all(
    projections.map(async (projection) => {
      const plan = planBatch(projection, chunk);
      if (plan.obstacle) throw new PastStoppedError(plan.obstacle.reason, projection.name);
      return foldOver(
        unprepared(database),
        names,
        projection,
        plan.events.filter((event) => counted.has(event)),
      );
    }),
  );
  const last = chunk.items.at(-1);
  await database.transaction(async (tx) => {
    await writeChanges(unprepared(tx), names, changes.flat());
    await advance(tx, chunk.upTo, last && recordedAtOf(last));
  });
};

/** Has PostgreSQL look at what's in the tables, so that it plans queries by it. */
export const analyse = async (
  sql: SqlExecutor,
  names: TableNames,
  projections: readonly Projection[],
): Promise<void> => {
  for (const table of projections.flatMap(({ tables }) => tables)) await sql.query(`ANALYZE ${targetOf(names, table)}`);
};
