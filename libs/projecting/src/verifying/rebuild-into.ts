import { comparePositions, START, type LogPosition } from '#libs/kernel';
import { identifier, type Database } from '#libs/read-store';
import { foldOver, writeChanges } from '../checkpoints/generation-writer.js';
import { createTables } from '../generations/generations.js';
import { scratchTables } from '../generations/table-names.js';
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

export interface RebuildOptions {
  readonly database: Database;
  readonly log: LogSource;
  readonly decoder: LogDecoder;
  readonly logger: EngineLog;
  readonly projection: Projection;
  /** The schema to fold into. What's in it goes, before and after. */
  readonly scratchSchema: string;
  /** How far to fold; the log's head as of now unless given. */
  readonly upTo?: LogPosition;
  readonly batchEvents?: number;
  /** Told how far it has come, after each batch. */
  readonly onProgress?: (reached: LogPosition) => void;
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

/** Folds the log from its first event into scratch tables and says what's in them: what the live tables should hold. */
export const rebuildInto = async (options: RebuildOptions): Promise<Rebuilt> => {
  const { database, log, projection, scratchSchema, batchEvents = BATCH_EVENTS } = options;
  const names = scratchTables(scratchSchema);
  const upTo = options.upTo ?? (await log.head());
  const tuning = { ...defaultTuning, batchEvents, readAheadEvents: batchEvents * 2 };
  await dropSchema(database, scratchSchema);
  await database.query(`CREATE SCHEMA ${identifier(scratchSchema)}`);
  await createTables(database, names, projection.tables);
  const queue = new ChunkQueue(START, tuning);
  const reader = new LogReader(START, { ...options, tuning });
  reader.sinks.add(queue);
  try {
    let events = 0;
    for (let reached = START; comparePositions(reached, upTo) < 0;) {
      const chunk = await queue.take();
      if (!chunk) break;
      events += await fold(options, until(chunk, upTo));
      reached = chunk.upTo;
      options.onProgress?.(reached);
    }
    return { checksum: await checksum(database, projection, names), upTo, events };
  } finally {
    queue.close();
    await reader.close();
    await dropSchema(database, scratchSchema);
  }
};

const dropSchema = async (database: Database, schema: string): Promise<void> => {
  await database.query(`DROP SCHEMA IF EXISTS ${identifier(schema)} CASCADE`);
};

const until = (chunk: LogChunk, end: LogPosition): LogChunk => ({
  ...chunk,
  items: chunk.items.filter((item) => comparePositions(item.ok ? item.event.position : item.raw.position, end) <= 0),
});

const fold = async ({ database, projection, scratchSchema }: RebuildOptions, chunk: LogChunk): Promise<number> => {
  const { events, obstacle } = planBatch(projection, chunk);
  const names = scratchTables(scratchSchema);
  const changes = await foldOver(database, names, projection, events);
  await database.transaction((tx) => writeChanges(tx, names, changes));
  if (obstacle) throw new RebuildStoppedError(projection.name, `${obstacle.reason} (${obstacle.eventType})`);
  return events.length;
};
