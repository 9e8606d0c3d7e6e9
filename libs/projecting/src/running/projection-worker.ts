import { comparePositions, type LogPosition, type StoredEvent } from '#libs/kernel';
import { isTransientFailure, type Database } from '#libs/read-store';
import type { Checkpoint, Generation } from '../checkpoints/checkpoint.js';
import { FencedError, GenerationWriter } from '../checkpoints/generation-writer.js';
import { swapIn } from '../generations/generations.js';
import type { Projection } from '../projection.js';
import { ChunkQueue } from '../reading/chunk-queue.js';
import { recordedAtOf, type LogChunk } from '../reading/log-source.js';
import { faultOf, type EngineLog } from './engine-log.js';
import type { EngineObserver } from './engine-observer.js';
import { planBatch, type BatchPlan, type Obstacle } from './plan-batch.js';
import type { Tuning } from './tuning.js';
import { Backoff, rest } from './waiting.js';
import { PoisonEventError, writeIsolating } from './write-isolating.js';

/** Why a worker ended. `fenced` and `troubled` workers are followed by a new one from the stored checkpoint. */
export type WorkerEnd =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'fenced' }
  | { readonly kind: 'troubled' }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

export interface WorkerOptions {
  readonly database: Database;
  readonly logger: EngineLog;
  readonly tuning: Tuning;
  readonly observer: EngineObserver;
}

/** Counts since the worker started, for status and metrics. */
export interface WorkerFigures {
  batches: number;
  events: number;
  rows: number;
  lastBatchMilliseconds: number | undefined;
}

/** Folds what a reader brings into one generation of one projection, batch by batch, until it's stopped or can't go on. */
export class ProjectionWorker {
  readonly queue: ChunkQueue;
  readonly ended: Promise<WorkerEnd>;
  readonly figures: WorkerFigures = { batches: 0, events: 0, rows: 0, lastBatchMilliseconds: undefined };
  generation: Generation;
  /** The stored checkpoint. */
  position: LogPosition;
  eventAt: Date | undefined;
  firstSkipped: LogPosition | undefined;
  retrying = false;
  /** When the first event of the batch that's under way was recorded. */
  busySince: Date | undefined;

  private readonly writer: GenerationWriter;
  private readonly stopping = new AbortController();
  /** How far it has come, where that isn't stored yet because no row changed. */
  private reached: LogPosition;
  /** Events that nobody who waits for a position knows of yet. */
  private unannounced = false;
  private storedAt = Date.now();
  private nextSwap = 0;

  constructor(
    readonly projection: Projection,
    checkpoint: Checkpoint,
    private readonly options: WorkerOptions,
  ) {
    this.writer = new GenerationWriter(options.database, projection);
    this.generation = checkpoint.generation;
    this.position = this.reached = checkpoint.position;
    this.eventAt = checkpoint.eventAt;
    this.firstSkipped = checkpoint.firstSkipped;
    this.queue = new ChunkQueue(checkpoint.position, options.tuning);
    this.ended = this.run();
  }

  /** Ends after the batch that's under way. What waits in the queue is dropped: it's in the log. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.queue.close();
    await this.ended;
  }

  private async run(): Promise<WorkerEnd> {
    try {
      for (let chunk = await this.queue.take(); chunk; chunk = await this.queue.take()) {
        this.busySince = chunk.items[0] && recordedAtOf(chunk.items[0]);
        const obstacle = await this.take(chunk);
        this.busySince = undefined;
        if (obstacle) return { kind: 'obstacle', obstacle };
      }
      await this.store(this.reached);
      return { kind: 'stopped' };
    } catch (error) {
      return this.endOf(error);
    } finally {
      this.queue.close();
    }
  }

  private endOf(error: unknown): WorkerEnd {
    const { logger } = this.options;
    const fault = faultOf(error);
    if (error instanceof PoisonEventError) {
      logger.error({ ...this.writer.id, fault: faultOf(error.cause) }, 'event could not be projected');
      return { kind: 'obstacle', obstacle: error.obstacle };
    }
    if (this.stopping.signal.aborted) return { kind: 'stopped' };
    if (error instanceof FencedError) {
      logger.warn(this.writer.id, 'checkpoint was moved by someone else');
      return { kind: 'fenced' };
    }
    logger.error({ ...this.writer.id, fault }, 'projection left its reader');
    return { kind: 'troubled' };
  }

  private async take(chunk: LogChunk): Promise<Obstacle | undefined> {
    const plan = planBatch(this.projection, chunk);
    this.firstSkipped ??= plan.firstSkipped;
    if (plan.eventAt) this.eventAt = plan.eventAt;
    if (plan.to) this.reached = plan.to;
    this.unannounced ||= plan.sawEvents;
    if (plan.obstacle || this.isDue(plan, chunk.idle)) await this.persist(plan.events);
    if (plan.obstacle) return plan.obstacle;
    if (chunk.idle && this.generation === 'building') await this.trySwap();
    return undefined;
  }

  /** Whether the position must be stored now; it always is together with rows. */
  private isDue(plan: BatchPlan, idle: boolean): boolean {
    if (plan.events.length > 0 || (idle && this.unannounced)) return true;
    const { ignoredEventsMs, storeCheckpointMs } = this.options.tuning;
    return Date.now() - this.storedAt >= (this.unannounced ? ignoredEventsMs : storeCheckpointMs);
  }

  /** Writes events and position; passing trouble is ridden out for a while. */
  private async persist(events: readonly StoredEvent[]): Promise<void> {
    const { tuning, logger } = this.options;
    const backoff = new Backoff(tuning.firstBackoffMs, tuning.longestBackoffMs);
    const since = Date.now();
    for (;;) {
      try {
        // What a try that failed half way has written is behind us.
        const left = events.filter(({ position }) => comparePositions(position, this.position) > 0);
        await writeIsolating((some, to) => this.write(some, to), left, this.reached);
        this.retrying = false;
        return;
      } catch (error) {
        this.retrying = isTransientFailure(error);
        if (!this.retrying || this.stopping.signal.aborted || Date.now() - since > tuning.leaveAfterMs) throw error;
        logger.warn({ ...this.writer.id, fault: faultOf(error) }, 'batch not written, trying again');
        await rest(backoff.next(), this.stopping.signal);
      }
    }
  }

  private async write(events: readonly StoredEvent[], to: LogPosition): Promise<void> {
    if (events.length === 0) return this.store(to);
    const started = performance.now();
    const advance = { from: this.position, to, eventAt: this.eventAt, firstSkipped: this.firstSkipped };
    const rows = await this.writer.write(events, advance);
    this.stored(to);
    const milliseconds = performance.now() - started;
    this.figures.batches++;
    this.figures.events += events.length;
    this.figures.rows += rows;
    this.figures.lastBatchMilliseconds = milliseconds;
    this.options.observer.onBatch?.({ ...this.writer.id, events: events.length, rows, milliseconds });
  }

  private async store(to: LogPosition): Promise<void> {
    if (comparePositions(to, this.position) === 0) return;
    await this.writer.write([], { from: this.position, to, eventAt: this.eventAt, firstSkipped: this.firstSkipped });
    this.stored(to);
  }

  private stored(to: LogPosition): void {
    this.position = to;
    this.storedAt = Date.now();
    if (comparePositions(to, this.reached) === 0) this.unannounced = false;
  }

  private async trySwap(): Promise<void> {
    if (Date.now() < this.nextSwap) return;
    this.nextSwap = Date.now() + this.options.tuning.ignoredEventsMs;
    try {
      const outcome = await swapIn(this.options.database, this.projection);
      this.options.logger.info({ ...this.writer.id, outcome }, 'swap of generations');
      if (outcome === 'swapped') this.generation = 'live';
    } catch (error) {
      // The old generation stays in view, and this one goes on: the next time it's idle, it tries again.
      this.options.logger.error({ ...this.writer.id, fault: faultOf(error) }, 'generations not swapped');
    }
  }
}
