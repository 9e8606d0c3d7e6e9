import {
  checksum,
  generationTables,
  ProjectionHost,
  readCheckpoint,
  rebuildInto,
  type Checkpoint,
  type FurtherProjections,
  type Projection,
  type Tuning,
} from '#libs/projecting';
import { comparePositions, type LogPosition } from '#libs/kernel';
import type { Database } from '#libs/read-store';
import { MemoryDecoder, MemoryLog } from './memory-log.js';
import { until } from './until.js';

export const silentLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Impatient, so that what comes back after a while comes back within a spec. */
export const quickTuning: Partial<Tuning> = {
  batchEvents: 50,
  buildBatchEvents: 50,
  readAheadEvents: 100,
  lingerMs: 5,
  buildLingerMs: 5,
  gatherMs: 1,
  firstBackoffMs: 5,
  longestBackoffMs: 50,
  electionMs: 20,
  silenceMs: 100,
};

/** A projection engine over an event log in memory and a real database. */
export class Engine {
  readonly log = new MemoryLog();
  readonly decoder = new MemoryDecoder();
  private readonly hosts: ProjectionHost[] = [];

  constructor(readonly database: Database) {}

  /** Starts a host, as another process would. */
  host(
    projections: Projection | readonly Projection[],
    tuning: Partial<Tuning> = {},
    further?: () => Promise<FurtherProjections>,
  ): ProjectionHost {
    const { database, log, decoder } = this;
    const host = new ProjectionHost({
      database,
      log,
      decoder,
      projections: [projections].flat(),
      ...(further ? { further } : {}),
      logger: silentLogger,
      tuning: { ...quickTuning, ...tuning },
    });
    host.start();
    this.hosts.push(host);
    return host;
  }

  async stop(): Promise<void> {
    await Promise.all(this.hosts.splice(0).map((host) => host.stop()));
  }

  checkpoint({ name, version }: Projection, build = 1): Promise<Checkpoint | undefined> {
    return readCheckpoint(this.database, { projection: name, version, build });
  }

  /** Waits until the stored checkpoint is at or past the position. */
  reached(projection: Projection, position: LogPosition, build = 1): Promise<Checkpoint> {
    return until(`${projection.name} at ${position.commit}`, async () => {
      const checkpoint = await this.checkpoint(projection, build);
      return checkpoint && comparePositions(checkpoint.position, position) >= 0 ? checkpoint : undefined;
    });
  }

  /** How the rows differ from what the events, up to the position, should have made of them: checksums, or undefined. */
  async drift(
    projection: Projection,
    upTo?: LogPosition,
    build = 1,
  ): Promise<{ actual: string; expected: string } | undefined> {
    const { database, log, decoder } = this;
    const rebuilt = await rebuildInto({
      database,
      log,
      decoder,
      logger: silentLogger,
      projection,
      scratchSchema: 'scratch',
      batchEvents: 37,
      ...(upTo ? { upTo } : {}),
    });
    const actual = await checksum(database, projection, generationTables({ version: projection.version, build }));
    if (actual.hash === rebuilt.checksum.hash) return undefined;
    return { actual: actual.hash, expected: rebuilt.checksum.hash };
  }
}
