import { comparePositions, type LogPosition, type StoredEvent } from '#libs/kernel';
import { isTransientFailure, type Database } from '#libs/read-store';
import type { Checkpoint, Generation, GenerationId } from '../checkpoints/checkpoint.js';
import type { Advance } from '../checkpoints/checkpoint-store.js';
import { FencedError, GenerationWriter } from '../checkpoints/generation-writer.js';
import { dropOlderGenerations, swapIn } from '../generations/swap.js';
import type { Projection } from '../projection.js';
import { ChunkQueue, type QueueLimits } from '../reading/chunk-queue.js';
import { positionOf, recordedAtOf, type LogChunk, type LogDecoder, type LogSource } from '../reading/log-source.js';
import { faultOf, type EngineLog } from './engine-log.js';
import type { EngineObserver } from './engine-observer.js';
import { closeReplay } from '../checkpoints/dead-letters.js';
import type { Parking } from './parking.js';
import { planBatch, type BatchPlan, type Obstacle } from './plan-batch.js';
import { replayScope } from './replay.js';
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
  readonly log: LogSource;
  readonly decoder: LogDecoder;
  /** What was set aside before. */
  readonly parking: Parking;
}

/** Counts since the worker started, for status and metrics. */
export interface WorkerFigures {
  batches: number;
  events: number;
  rows: number;
  lastBatchMilliseconds: number | undefined;
}

/** While it's being built nobody waits for a single event: larger batches, and no rests. */
const limitsOf = (generation: Generation, tuning: Tuning): QueueLimits =>
  generation === 'building'
    ? {
        ...tuning,
        batchEvents: tuning.buildBatchEvents,
        lingerMs: tuning.buildLingerMs,
        wantedLingerMs: tuning.buildLingerMs,
        batchEveryMs: 0,
        wantedEveryMs: 0,
        paceMsPerEvent: 0,
        restFactor: 0,
      }
    : tuning;

/** A batch of thousands isn't followed back to each request. */
const MOST_TRACES = 32;

const tracesOf = (events: readonly StoredEvent[]): string[] => {
  const traces = new Set<string>();
  for (const { traceparent } of events) {
    if (traceparent !== undefined) traces.add(traceparent);
    if (traces.size === MOST_TRACES) break;
  }
  return [...traces];
};

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
  private announcing: NodeJS.Timeout | undefined;
  private taking = false;
  private storedAt = Date.now();
  private nextSwap = 0;
  private replayAsked = false;

  constructor(
    readonly projection: Projection,
    checkpoint: Checkpoint,
    private readonly options: WorkerOptions,
  ) {
    this.writer = new GenerationWriter(options.database, projection, checkpoint.build);
    this.generation = checkpoint.generation;
    this.position = this.reached = checkpoint.position;
    this.eventAt = checkpoint.eventAt;
    this.firstSkipped = checkpoint.firstSkipped;
    this.queue = new ChunkQueue(checkpoint.position, limitsOf(checkpoint.generation, options.tuning));
    this.ended = this.run();
  }

  /** Ends after the batch that's under way. What waits in the queue is dropped: it's in the log. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.queue.close();
    await this.ended;
  }

  /** Takes up what was set aside, after the batch that's under way. */
  replay(): void {
    this.replayAsked = true;
    this.queue.push({ items: [], upTo: this.queue.received, idle: false });
  }

  /**
   * Somebody waits: a short rest before the next batch, and its position is stored though no row has changed. If it's for more
   * than that, they say so again. For one that's being built nobody waits.
   */
  hurry(): void {
    if (this.generation !== 'live') return;
    this.queue.wanted = true;
    if (this.unannounced && !this.taking) this.lookAgain();
  }

  get id(): GenerationId {
    return this.writer.id;
  }

  /** How many subjects have events set aside. */
  get parkedScopes(): number {
    return this.options.parking.size;
  }

  private async run(): Promise<WorkerEnd> {
    try {
      for (let chunk = await this.queue.take(); chunk; chunk = await this.queue.take()) {
        this.busySince = chunk.items[0] && recordedAtOf(chunk.items[0]);
        this.taking = true;
        const obstacle = await this.take(chunk);
        this.taking = false;
        this.busySince = undefined;
        if (obstacle) return { kind: 'obstacle', obstacle };
        if (this.replayAsked) await this.replayAll();
      }
      await this.store(this.reached);
      return { kind: 'stopped' };
    } catch (error) {
      return this.endOf(error);
    } finally {
      clearTimeout(this.announcing);
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
    for (let left = chunk; ;) {
      const plan = planBatch(this.projection, left);
      this.firstSkipped ??= plan.firstSkipped;
      if (plan.eventAt) this.eventAt = plan.eventAt;
      if (plan.to) this.reached = plan.to;
      this.unannounced ||= plan.sawEvents;
      const { obstacle } = plan;
      if (obstacle || this.isDue(plan, chunk.idle)) await this.persist(plan);
      if (!obstacle) break;
      if (!this.mayPark(obstacle)) return obstacle;
      this.reached = obstacle.at;
      await this.persist({ events: [], ignored: [] }, obstacle);
      left = { ...left, items: left.items.filter((item) => comparePositions(positionOf(item), obstacle.at) > 0) };
    }
    if (chunk.idle && this.generation === 'building') await this.trySwap();
    return undefined;
  }

  /** Whether the position must be stored now; it always is together with rows. */
  private isDue(plan: BatchPlan, idle: boolean): boolean {
    if (this.options.parking.concerned(plan).length > 0) return true;
    const { ignoredEveryMs, ignoredEventsMs, storeCheckpointMs } = this.options.tuning;
    const since = Date.now() - this.storedAt;
    if (this.unannounced && this.queue.wanted) return true;
    if (!idle || !this.unannounced) return since >= (this.unannounced ? ignoredEventsMs : storeCheckpointMs);
    if (since >= ignoredEveryMs || this.generation === 'building') return true;
    this.announceAfter(ignoredEveryMs - since);
    return false;
  }

  /** Somebody may wait for a position although nothing changed up to it: they're told soon, not each time. */
  private announceAfter(milliseconds: number): void {
    this.announcing ??= setTimeout(() => {
      this.announcing = undefined;
      this.lookAgain();
    }, milliseconds);
  }

  private lookAgain(): void {
    this.queue.push({ items: [], upTo: this.queue.received, idle: true });
  }

  /**
   * A generation that's being built stops instead: nobody depends on it yet, and it's to be whole. So does one whose rows span
   * people.
   */
  private mayPark({ state, letter }: Obstacle): boolean {
    if (this.projection.spansPeople || this.generation !== 'live') return false;
    return state === 'failed' && this.options.parking.hasRoom(letter.scope);
  }

  /** Sets an event aside; what comes later in its scope follows it. */
  private async park({ letter, eventType, reason }: Obstacle): Promise<void> {
    const { parking, logger, observer } = this.options;
    await this.writer.write([], this.advance(letter.position), [letter]);
    parking.add(letter.scope);
    this.stored(letter.position);
    logger.error({ ...this.writer.id, eventType, reason }, 'event set aside');
    observer.onParked?.({ ...this.writer.id, eventType, reason });
  }

  private advance(to: LogPosition): Advance {
    const aside = this.options.parking.size > 0;
    return { from: this.position, to, eventAt: this.eventAt, firstSkipped: this.firstSkipped, aside };
  }

  private async replayAll(): Promise<void> {
    const { database, log, decoder, parking, logger } = this.options;
    for (const scope of parking.open) {
      const done = await replayScope({ database, log, decoder, writer: this.writer }, scope, this.position);
      if (done) parking.remove(scope);
    }
    await closeReplay(database, this.writer.id);
    // Only now: until it's closed, whoever looks for requests finds this one again.
    this.replayAsked = false;
    logger.info({ ...this.writer.id, left: parking.size }, 'events that were set aside taken up');
  }

  /** Writes events and position; passing trouble is ridden out for a while. */
  private async persist(plan: Pick<BatchPlan, 'events' | 'ignored'>, obstacle?: Obstacle): Promise<void> {
    const { tuning, logger } = this.options;
    const backoff = new Backoff(tuning.firstBackoffMs, tuning.longestBackoffMs);
    const since = Date.now();
    let aside = obstacle;
    for (;;) {
      try {
        if (aside) await this.park(aside);
        aside = undefined;
        // What a try that failed half way has written is behind us; and what waits behind what it set aside is more than before.
        const left = this.options.parking
          .concerned(plan)
          .filter(({ position }) => comparePositions(position, this.position) > 0);
        await writeIsolating((some, to) => this.write(some, to), left, this.reached);
        this.retrying = false;
        return;
      } catch (error) {
        if (error instanceof PoisonEventError && this.mayPark(error.obstacle)) {
          aside = error.obstacle;
          continue;
        }
        this.retrying = isTransientFailure(error);
        if (!this.retrying || this.stopping.signal.aborted || Date.now() - since > tuning.leaveAfterMs) throw error;
        logger.warn({ ...this.writer.id, fault: faultOf(error) }, 'batch not written, trying again');
        this.options.observer.onRetry?.(this.writer.id);
        await rest(backoff.next(), this.stopping.signal);
      }
    }
  }

  private async write(events: readonly StoredEvent[], to: LogPosition): Promise<void> {
    if (events.length === 0) return this.store(to);
    this.queue.wanted = false;
    const started = performance.now();
    const { free, behind } = this.options.parking.split(events);
    const rows = await this.writer.write(free, this.advance(to), behind);
    this.stored(to);
    const milliseconds = performance.now() - started;
    this.figures.batches++;
    this.figures.events += events.length;
    this.figures.rows += rows;
    this.figures.lastBatchMilliseconds = milliseconds;
    const traceparents = tracesOf(events);
    this.options.observer.onBatch?.({ ...this.writer.id, events: events.length, rows, milliseconds, traceparents });
  }

  private async store(to: LogPosition): Promise<void> {
    if (comparePositions(to, this.position) === 0) return;
    this.queue.wanted = false;
    await this.writer.write([], this.advance(to));
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
      const outcome = await swapIn(this.options.database, this.projection, this.writer.id);
      this.options.logger.info({ ...this.writer.id, outcome }, 'swap of generations');
      if (outcome !== 'swapped') return;
      this.generation = 'live';
      this.queue.limits = limitsOf('live', this.options.tuning);
      await dropOlderGenerations(this.options.database, this.projection.name);
    } catch (error) {
      // What's in view stays so, and this one goes on: the next time it's idle, or at the next swap, it's tried again.
      this.options.logger.error({ ...this.writer.id, fault: faultOf(error) }, 'generations not swapped');
    }
  }
}
