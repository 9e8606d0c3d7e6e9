import type { Database } from '#libs/read-store';
import { ChannelListener } from '../announcing/channel-listener.js';
import { WANTED_CHANNEL } from '../announcing/channels.js';
import { isSameGeneration, PAUSED_BY_OPERATOR, type Checkpoint } from '../checkpoints/checkpoint.js';
import { changeCheckpointState, readCheckpoints } from '../checkpoints/checkpoint-store.js';
import { replaysRequested } from '../checkpoints/dead-letters.js';
import { ensureGeneration, prepareGeneration, workable } from '../generations/generations.js';
import { dropErasedGenerations } from '../generations/erased-generations.js';
import { dropProjection } from '../generations/swap.js';
import type { Projection } from '../projection.js';
import type { LogDecoder, LogSource } from '../reading/log-source.js';
import { Election } from './election.js';
import { faultOf, type EngineLog } from './engine-log.js';
import type { EngineObserver } from './engine-observer.js';
import { HostedProjection } from './hosted-projection.js';
import { Parking } from './parking.js';
import type { ProjectionSlot } from './projection-slot.js';
import { describeProjections, type ProjectionStatus } from './projection-status.js';
import { ProjectionWorker, type WorkerEnd } from './projection-worker.js';
import { ReaderPool } from './reader-pool.js';
import { defaultTuning, type Tuning } from './tuning.js';
import { Backoff, rest } from './waiting.js';

export interface ProjectionHostOptions {
  readonly database: Database;
  readonly log: LogSource;
  readonly decoder: LogDecoder;
  readonly projections: readonly Projection[];
  /** Asked again and again. Names no projection of the list above. */
  readonly further?: () => Promise<FurtherProjections>;
  readonly logger: EngineLog;
  readonly observer?: EngineObserver;
  readonly tuning?: Partial<Tuning>;
}

/** Read models that come and go while the program runs, since events say what there is. */
export interface FurtherProjections {
  /** To be kept up to date beside the others. */
  readonly projections: readonly Projection[];
  /** Names of those that nobody reads any more: their tables go. */
  readonly gone: readonly string[];
}

/**
 * Keeps read models up to date for as long as it runs: elects who works, makes generations, reads the log once for all
 * projections, and starts again from the stored checkpoint whatever broke. Any number of processes may host the same
 * projections; one of them works on each.
 */
export class ProjectionHost {
  private hosted: readonly HostedProjection[];
  private readonly readers: ReaderPool;
  private readonly listener: ChannelListener;
  private readonly tuning: Tuning;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private sweptAt = -Infinity;

  constructor(private readonly options: ProjectionHostOptions) {
    this.tuning = { ...defaultTuning, ...options.tuning };
    this.hosted = options.projections.map((projection) => new HostedProjection(projection, this.tuning));
    this.readers = new ReaderPool({ ...options, tuning: this.tuning });
    this.listener = new ChannelListener(options.database.url, WANTED_CHANNEL, {
      onAnnounced: (projection) => this.hurry(projection),
    });
  }

  /** Begins, and returns at once: PostgreSQL and the event store may come later. */
  start(): void {
    this.listener.start();
    this.running ??= this.supervise();
  }

  /** Batches that are under way are written; then nothing is held any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.running, this.listener.close()]);
  }

  /** How each projection stands, as this process sees it. */
  async status(): Promise<readonly ProjectionStatus[]> {
    return describeProjections(this.hosted, this.readers, this.options.log);
  }

  private get slots(): readonly ProjectionSlot[] {
    return this.hosted.flatMap(({ slots }) => slots);
  }

  /** Somebody waits for a projection. */
  private hurry(projection: string): void {
    for (const { id, worker } of this.slots) if (id.projection === projection) worker?.hurry();
  }

  private async supervise(): Promise<void> {
    const backoff = new Backoff(this.tuning.firstBackoffMs, this.tuning.longestBackoffMs);
    while (!this.stopping.signal.aborted) {
      let election: Election | undefined;
      try {
        election = await Election.open(this.options.database.url);
        backoff.reset();
        await this.lead(election);
      } catch (error) {
        this.options.logger.warn({ fault: faultOf(error) }, 'election lost');
      } finally {
        await this.standDown();
        await election?.close();
      }
      if (!this.stopping.signal.aborted) await rest(backoff.next(), this.stopping.signal);
    }
  }

  /** Staffs every projection that this process is elected for, until the election is lost or the host stops. */
  private async lead(election: Election): Promise<void> {
    const over = AbortSignal.any([election.lost, this.stopping.signal]);
    while (!over.aborted) {
      await this.lookAround(election);
      const workers: ProjectionWorker[] = [];
      for (const slot of this.slots) {
        if (over.aborted) return;
        const worker = await this.staff(slot, election);
        if (worker) workers.push(worker);
      }
      this.readers.place(workers.map(({ queue }) => queue));
      await this.takeUpParked();
      await this.dropErased();
      await rest(this.tuning.electionMs, over);
    }
  }

  /** Finds the generations that there are to work on: one may have been asked for, one may have been retired. */
  private async lookAround(election: Election): Promise<void> {
    const { database, logger } = this.options;
    await this.lookFurther(election);
    try {
      const known = await readCheckpoints(database);
      for (const hosted of this.hosted) {
        const wasOutdated = hosted.outdated;
        let generations = workable(known, hosted.projection);
        if (generations.length === 0) {
          const made = await ensureGeneration(database, hosted.projection);
          generations = made === 'outdated' ? [] : [made];
        }
        hosted.unknown = false;
        hosted.outdated = generations.length === 0;
        if (hosted.outdated && !wasOutdated) {
          const { name, version } = hosted.projection;
          logger.warn({ projection: name, version }, 'a newer version of this projection is live');
        }
        for (const slot of hosted.follow(generations)) await this.giveUp(slot, election);
      }
    } catch (error) {
      logger.error({ fault: faultOf(error) }, 'generations could not be looked up');
      for (const hosted of this.hosted) hosted.unknown = hosted.slots.length === 0;
    }
  }

  /** Which projections there are beside those that the program came with. Where it can't be found out, it's as it was. */
  private async lookFurther(election: Election): Promise<void> {
    const { database, logger, further } = this.options;
    if (!further) return;
    try {
      const { projections, gone } = await further();
      const wanted = (hosted: HostedProjection): boolean =>
        this.options.projections.includes(hosted.projection) ||
        projections.some(({ name }) => name === hosted.projection.name);
      for (const { slots } of this.hosted.filter((hosted) => !wanted(hosted)))
        for (const slot of slots) await this.giveUp(slot, election);
      const kept = this.hosted.filter(wanted);
      const added = projections
        .filter(({ name }) => !kept.some((hosted) => hosted.projection.name === name))
        .map((projection) => new HostedProjection(projection, this.tuning));
      this.hosted = [...kept, ...added];
      for (const name of gone) await dropProjection(database, name);
    } catch (error) {
      logger.warn({ fault: faultOf(error) }, 'further projections could not be looked up');
    }
  }

  /** Its generation is no more. */
  private async giveUp(slot: ProjectionSlot, election: Election): Promise<void> {
    await slot.worker?.stop();
    slot.worker = undefined;
    await this.standBack(slot, election);
  }

  /** Whoever doesn't work on it stands in nobody's way: a newer release that stands by may get past what stopped this one. */
  private async standBack(slot: ProjectionSlot, election: Election): Promise<void> {
    const { won } = slot;
    slot.won = false;
    if (won && !election.lost.aborted) await election.release(slot.id);
  }

  /** Where an operator asked for it. */
  private async takeUpParked(): Promise<void> {
    const parked = this.slots.flatMap(({ worker }) => (worker && worker.parkedScopes > 0 ? [worker] : []));
    if (parked.length === 0) return;
    const requested = await replaysRequested(this.options.database);
    for (const worker of parked) {
      if (requested.some((id) => isSameGeneration(id, worker.id))) worker.replay();
    }
  }

  /** Of all projections, whoever hosts them. */
  private async dropErased(): Promise<void> {
    if (performance.now() - this.sweptAt < this.tuning.erasedEveryMs) return;
    this.sweptAt = performance.now();
    const { database, logger } = this.options;
    try {
      for (const { projection, version, build } of await dropErasedGenerations(database))
        logger.info({ projection, version, build }, 'removed a generation that held what was erased');
    } catch (error) {
      logger.warn({ fault: faultOf(error) }, 'generations that hold what was erased not removed');
    }
  }

  private async staff(slot: ProjectionSlot, election: Election): Promise<ProjectionWorker | undefined> {
    if (slot.worker || Date.now() < slot.retryAt) return undefined;
    // Nothing to stand for election for until it's let go on.
    if (slot.phase === 'halted' && slot.stopped) return undefined;
    slot.won ||= await election.win(slot.id);
    if (!slot.won) {
      slot.phase = 'standby';
      return undefined;
    }
    try {
      return await this.begin(slot, election);
    } catch (error) {
      this.options.logger.error({ ...slot.id, fault: faultOf(error) }, 'projection could not be started');
      this.retryLater(slot);
      return undefined;
    }
  }

  private async begin(slot: ProjectionSlot, election: Election): Promise<ProjectionWorker | undefined> {
    const { database, logger, observer = {} } = this.options;
    const checkpoint = await prepareGeneration(database, slot.projection, slot.id);
    // It was retired or taken away since the last look around.
    if (!checkpoint) return undefined;
    if (checkpoint.state !== 'running' && !(await this.mayGoOn(slot, checkpoint, election))) return undefined;
    slot.tried = true;
    slot.phase = 'working';
    const parking = await Parking.load(database, slot.id, this.tuning.mostParkedScopes);
    const { log, decoder } = this.options;
    const options = { database, log, decoder, logger, observer, parking, tuning: this.tuning };
    const worker = new ProjectionWorker(slot.projection, checkpoint, options);
    slot.worker = worker;
    void worker.ended.then((end) => this.onEnd(slot, worker, end, election));
    return worker;
  }

  /** A generation that was stopped goes on if a program that was started since may get past the obstacle. */
  private async mayGoOn(slot: ProjectionSlot, checkpoint: Checkpoint, election: Election): Promise<boolean> {
    if (checkpoint.reason === PAUSED_BY_OPERATOR || slot.tried) {
      slot.phase = 'halted';
      slot.stopped = true;
      await this.standBack(slot, election);
      return false;
    }
    return changeCheckpointState(election, slot.id, { from: checkpoint, to: 'running' });
  }

  private async onEnd(
    slot: ProjectionSlot,
    worker: ProjectionWorker,
    end: WorkerEnd,
    election: Election,
  ): Promise<void> {
    this.readers.leave(worker.queue);
    if (end.kind === 'stopped') return;
    // Nobody else takes the slot while this is settled.
    slot.retryAt = Infinity;
    slot.worker = undefined;
    if (worker.figures.batches > 0) slot.backoff.reset();
    try {
      if (end.kind === 'obstacle') {
        const { state, reason, at, eventType } = end.obstacle;
        const from = { state: 'running', position: worker.position } as const;
        if (await changeCheckpointState(election, slot.id, { from, to: state, reason, reasonAt: at })) {
          this.options.logger.error({ ...slot.id, state, reason, eventType }, 'projection stopped');
          slot.phase = 'halted';
          slot.stopped = true;
        }
      }
      if (end.kind === 'obstacle' || end.kind === 'fenced') await this.standBack(slot, election);
    } catch (error) {
      this.options.logger.warn({ ...slot.id, fault: faultOf(error) }, 'end of a projection not recorded');
    }
    this.retryLater(slot);
  }

  private retryLater(slot: ProjectionSlot): void {
    if (slot.phase !== 'halted') slot.phase = 'waiting';
    slot.retryAt = Date.now() + slot.backoff.next();
  }

  private async standDown(): Promise<void> {
    await Promise.all(
      this.slots.map(async (slot) => {
        await slot.worker?.stop();
        slot.worker = undefined;
        slot.won = false;
        slot.retryAt = 0;
        slot.phase = 'standby';
      }),
    );
    await this.readers.closeAll();
  }
}
