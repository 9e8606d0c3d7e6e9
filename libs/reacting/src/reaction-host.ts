import { CommandRunner, type EventCodec, type EventLog } from '#libs/event-store';
import { systemClock, type Clock } from '#libs/kernel';
import type { Digests } from '#libs/privacy';
import { Backoff, defaultTuning, Election, faultOf, rest, type EngineLog } from '#libs/projecting';
import type { Database } from '#libs/read-store';
import type { CommandBus } from '@nestjs/cqrs';
import { beginning, ManagerWorker } from './manager-worker.js';
import type { ProcessManager } from './process-manager.js';
import { ReactionStore } from './reaction-store.js';
import { Reactions } from './reactions.js';

/** How often deadlines are looked for, unless it's said otherwise. */
const DEADLINE_POLL_MILLISECONDS = 1_000;

export interface ReactionHostOptions {
  readonly managers: readonly ProcessManager[];
  readonly database: Database;
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly runner: CommandRunner;
  readonly bus: Pick<CommandBus, 'execute'>;
  readonly digests: Digests;
  readonly logger: EngineLog;
  /** By which deadlines are due. */
  readonly clock?: Clock;
  readonly deadlinePollMs?: number;
}

/** How one process manager stands in this process. */
export interface ManagerStatus {
  readonly manager: string;
  /** `standby`: another process works for it, or none can just now. */
  readonly state: 'working' | 'standby';
  /** Age of the oldest event for it that was received here and isn't handled; 0 where all are. */
  readonly lagSeconds: number;
  /** Since the process started. */
  readonly decided: number;
  readonly commands: number;
  readonly deadlines: number;
  readonly parked: number;
}

interface Post {
  readonly manager: ProcessManager;
  readonly store: ReactionStore;
  readonly reactions: Reactions;
  worker?: ManagerWorker | undefined;
  parked: number;
}

/**
 * Works for process managers, each in one process at a time: the others stand by. Two that both believe they're elected
 * do work twice and nothing wrong, since inputs and commands are known by their keys and checkpoints never go back.
 */
export class ReactionHost {
  private readonly stopping = new AbortController();
  private readonly posts: readonly Post[];
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ReactionHostOptions) {
    const { managers, database, runner, bus, digests, clock = systemClock } = options;
    this.posts = managers.map((manager) => {
      const store = new ReactionStore(database, manager.name);
      const reactions = new Reactions(manager, runner, bus, digests, store, clock);
      return { manager, store, reactions, parked: 0 };
    });
  }

  /** Resolves once it's settled where each begins, so that nothing is missed from then on. */
  async start(): Promise<void> {
    await Promise.all(
      this.posts.map(({ manager, store }) =>
        beginning(manager, store, this.options.log).catch((error: unknown) =>
          // Tried again once it works.
          this.options.logger.warn({ manager: manager.name, fault: faultOf(error) }, 'process manager waits'),
        ),
      ),
    );
    this.running = Promise.all(this.posts.map((post) => this.stand(post)));
  }

  /** Resolves once nothing is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  status(): ManagerStatus[] {
    return this.posts.map(({ manager, reactions, worker, parked }) => ({
      manager: manager.name,
      state: worker ? 'working' : 'standby',
      lagSeconds: worker?.lagSeconds ?? 0,
      ...reactions.counts,
      parked: parked + (worker?.parked ?? 0),
    }));
  }

  private async stand(post: Post): Promise<void> {
    const { signal } = this.stopping;
    const { logger, database } = this.options;
    const { name } = post.manager;
    const backoff = new Backoff(defaultTuning.firstBackoffMs, defaultTuning.longestBackoffMs);
    while (!signal.aborted) {
      let election: Election | undefined;
      try {
        election = await Election.open(database.url, 'rapport-reactions');
        // Once, not at each turn: signals keep hold of what was made of them (Node 20), for as long as this one stands by.
        const either = AbortSignal.any([signal, election.lost]);
        while (!(await election.win({ projection: `reactions/${name}`, version: 1, build: 1 }))) {
          await rest(defaultTuning.electionMs, either);
          signal.throwIfAborted();
        }
        backoff.reset();
        logger.info({ manager: name }, 'works for a process manager');
        await this.work(post, either);
      } catch (error) {
        if (signal.aborted) break;
        logger.warn({ manager: name, fault: faultOf(error) }, 'process manager stopped for now');
        await rest(backoff.next(), signal);
      } finally {
        await election?.close();
      }
    }
  }

  private async work(post: Post, signal: AbortSignal): Promise<void> {
    const { log, codec, logger, clock = systemClock, deadlinePollMs = DEADLINE_POLL_MILLISECONDS } = this.options;
    const { manager, reactions, store } = post;
    const worker = new ManagerWorker({
      manager,
      reactions,
      store,
      log,
      decoder: codec,
      logger,
      clock,
      deadlinePollMs,
      signal,
    });
    post.worker = worker;
    try {
      await worker.run();
    } finally {
      post.parked += worker.parked;
      post.worker = undefined;
    }
  }
}
