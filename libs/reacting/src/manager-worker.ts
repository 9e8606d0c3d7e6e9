import { EventStoreUnavailableError, type RawEvent } from '#libs/event-store';
import { START, type Clock, type LogPosition, type StoredEvent } from '#libs/kernel';
import { SubjectErasedError } from '#libs/privacy';
import {
  Backoff,
  Bell,
  defaultTuning,
  faultOf,
  LogReader,
  rest,
  type EngineLog,
  type LogChunk,
  type LogDecoder,
  type LogSource,
} from '#libs/projecting';
import { isTransientFailure } from '#libs/read-store';
import { ParkedReplay } from './parked-replay.js';
import type { ProcessManager } from './process-manager.js';
import type { ReactionStore } from './reaction-store.js';
import { RefusedCommandError, UnreadableEventError, type Instance, type Reactions } from './reactions.js';

/** Instances that are worked on at the same time. */
const AT_ONCE = 32;
const DEADLINES_AT_ONCE = 100;
const REPLAYED_AT_ONCE = 100;
/** Where nothing was for it, a position is stored this often. */
const IDLE_CHECKPOINT_MILLISECONDS = 1_000;

export interface WorkerOptions {
  readonly manager: ProcessManager;
  readonly reactions: Reactions;
  readonly store: ReactionStore;
  readonly log: LogSource;
  readonly decoder: LogDecoder;
  readonly logger: EngineLog;
  readonly clock: Clock;
  /** How often it looks for what is due and for what's to be replayed, in milliseconds. */
  readonly deadlinePollMs: number;
  readonly signal: AbortSignal;
}

/** What's to be done for an instance. */
interface Step {
  /** Whether it stands for those before it of the same kind. */
  readonly last: boolean;
  readonly run: () => Promise<unknown>;
}

const isPassing = (error: unknown): boolean => error instanceof EventStoreUnavailableError || isTransientFailure(error);

/** Of somebody who was erased nothing is left to react to. */
const unlessErased = (error: unknown): void => {
  if (!(error instanceof SubjectErasedError)) throw error;
};

const codeOf = (error: unknown): string =>
  error instanceof RefusedCommandError ? `refused: ${error.code}` : error instanceof Error ? error.name : 'unknown';

/** Where a process manager goes on, or begins. */
export const beginning = (
  { from }: ProcessManager,
  store: ReactionStore,
  log: Pick<LogSource, 'head'>,
): Promise<LogPosition> => store.position(() => (from === 'now' ? log.head() : Promise.resolve(START)));

/** Works for one process manager, from where it stopped, until the signal. */
export class ManagerWorker {
  received: LogPosition = START;
  parked = 0;
  private readonly chunks: LogChunk[] = [];
  private reader: LogReader | undefined;
  private readonly listensTo: ReadonlySet<string>;
  /** Own ones of all types, also those of a newer release: they can't be read here, and mustn't be passed over. */
  private readonly isForIt = ({ type }: RawEvent): boolean =>
    this.listensTo.has(type) || type.startsWith(`${this.options.manager.name}.`);
  private readonly arrived = new Bell();
  private readonly made = new Bell();
  private storedAt = 0;
  /** How far it has come over events that don't concern it, where that isn't stored yet. */
  private passed: LogPosition | undefined;

  private readonly replay: ParkedReplay;

  constructor(private readonly options: WorkerOptions) {
    const { manager, reactions, log, decoder } = options;
    this.listensTo = new Set(manager.listensTo);
    this.replay = new ParkedReplay(manager, reactions, log, decoder);
  }

  /** Age in seconds of the oldest event for it that was received and isn't handled, decoded or not; 0 where all are. */
  get lagSeconds(): number {
    const first = this.chunks.find(({ items }) => items.length > 0)?.items[0];
    const given = first && (first.ok ? first.event : first.raw).recordedAt;
    const oldest = given ?? this.reader?.heldAfter(this.received, this.isForIt).since;
    return oldest ? Math.max(0, (Date.now() - oldest.getTime()) / 1_000) : 0;
  }

  async run(): Promise<void> {
    const { manager, store, log, decoder, logger, signal, deadlinePollMs } = this.options;
    this.received = await beginning(manager, store, log);
    const reader = new LogReader(this.received, {
      log,
      decoder: { decodeMany: (raws) => decoder.decodeMany(raws.filter(this.isForIt)) },
      logger,
      tuning: { ...defaultTuning, batchEvents: 500, readAheadEvents: 1_000 },
    });
    this.reader = reader;
    reader.sinks.add(this);
    const stop = (): void => {
      this.arrived.ring();
      this.made.ring();
    };
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted) {
        const chunk = this.chunks[0];
        if (chunk) {
          await this.handle(chunk);
          this.chunks.shift();
          this.made.ring();
          continue;
        }
        // Before it looks: what comes while it does is taken up at once.
        const arrived = this.arrived.rung();
        // Deadlines wait until everything that was recorded before is known.
        if (reader.live && (await this.fireDue()) + (await this.replayParked()) > 0) continue;
        await this.storePassed();
        const due = setTimeout(() => this.arrived.ring(), deadlinePollMs);
        await arrived;
        clearTimeout(due);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      this.chunks.length = 0;
      this.made.ring();
      await reader.close();
    }
  }

  push(chunk: LogChunk): void {
    this.received = chunk.upTo;
    this.chunks.push(chunk);
    this.arrived.ring();
  }

  async room(): Promise<void> {
    while (this.chunks.length > 0 && !this.options.signal.aborted) await this.made.rung();
  }

  private async handle({ items, upTo }: LogChunk): Promise<void> {
    const { manager, reactions, signal } = this.options;
    // One instance sees its inputs in their order; different ones don't wait for each other.
    const work = new Map<string, Step[]>();
    const add = (instance: string, input: string, streamId: string, act: () => Promise<void>, last = false): void => {
      const steps = work.get(instance) ?? [];
      work.set(instance, steps);
      // What the last gathers is what an earlier one would.
      if (last && steps.at(-1)?.last) steps.pop();
      steps.push({ last, run: () => this.attempt(input, streamId, act) });
    };
    for (const item of items) {
      if (!item.ok) {
        add(item.raw.streamId, item.raw.id, item.raw.streamId, () =>
          Promise.reject(new UnreadableEventError(item.reason)),
        );
        continue;
      }
      const { event } = item;
      if (manager.definitions.some(({ type }) => type === event.type))
        add(event.streamId, event.id, event.streamId, () => reactions.follow(event));
      if (!manager.listensTo.includes(event.type)) continue;
      const gathers = manager.gather !== undefined;
      for (const instance of await this.instancesOf(event)) {
        const streamId = `${manager.name}-${instance.id}`;
        add(streamId, event.id, event.streamId, () => reactions.take(event, instance), gathers);
      }
    }
    const queues = [...work.values()];
    const next = async (): Promise<void> => {
      for (let steps = queues.shift(); steps; steps = queues.shift())
        for (const { run } of steps) if (!signal.aborted) await run();
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, queues.length) }, next));
    if (signal.aborted) return;
    this.passed = upTo;
    if (items.length > 0) await this.store();
  }

  /** Nobody waits for it: now and then is enough. */
  private async storePassed(): Promise<void> {
    if (this.passed && Date.now() - this.storedAt > IDLE_CHECKPOINT_MILLISECONDS) await this.store();
  }

  private async store(): Promise<void> {
    const { passed } = this;
    if (!passed) return;
    await this.insist(() => this.options.store.advance(passed));
    this.passed = undefined;
    this.storedAt = Date.now();
  }

  private async instancesOf(event: StoredEvent): Promise<readonly Instance[]> {
    let found: readonly Instance[] = [];
    await this.attempt(event.id, event.streamId, async () => {
      found = await this.options.reactions.instancesOf(event);
    });
    return found;
  }

  private async fireDue(): Promise<number> {
    const { store, reactions, clock, manager } = this.options;
    let fired = 0;
    await this.insist(async () => {
      const due = await store.due(clock.now(), DEADLINES_AT_ONCE);
      fired = due.length;
      await Promise.all(
        due.map(async (deadline) => {
          const streamId = `${manager.name}-${deadline.instance}`;
          const settled = await this.attempt(`${deadline.name} ${deadline.setBy}`, streamId, () =>
            reactions.fire(deadline),
          );
          // What can't be handled isn't due for ever.
          if (settled === 'parked') await store.fired(deadline);
        }),
      );
    });
    return fired;
  }

  /** What somebody wants to be taken up again, one after the other. */
  private async replayParked(): Promise<number> {
    const { store, signal } = this.options;
    let wanted: readonly { input: string; streamId: string }[] = [];
    await this.insist(async () => void (wanted = await store.toReplay(REPLAYED_AT_ONCE)));
    for (const parked of wanted) {
      if (signal.aborted) break;
      await this.attempt(parked.input, parked.streamId, async () => {
        await this.replay.take(parked).catch(unlessErased);
        await store.unpark(parked.input);
      });
    }
    return wanted.length;
  }

  /**
   * Tries until it's done, or until it's clear that trying again won't help; then it's parked and the rest goes on. Where
   * the signal ended it before, it's left as it was, for whoever comes next.
   */
  private async attempt(
    input: string,
    streamId: string,
    act: () => Promise<void>,
  ): Promise<'done' | 'parked' | 'left'> {
    const { logger, manager, store } = this.options;
    let reason: string | undefined;
    const settled = await this.insist(async () => {
      try {
        await act().catch(unlessErased);
      } catch (error) {
        if (isPassing(error)) throw error;
        reason = codeOf(error);
        logger.error({ manager: manager.name, input, reason, fault: faultOf(error) }, 'reaction parked');
      }
    });
    if (reason === undefined) return settled ? 'done' : 'left';
    const code = reason;
    if (!(await this.insist(() => store.park(input, streamId, code)))) return 'left';
    this.parked++;
    return 'parked';
  }

  /** Tries until it's done. False where the signal ended it before. */
  private async insist(act: () => Promise<void>): Promise<boolean> {
    const { logger, manager, signal } = this.options;
    const backoff = new Backoff(defaultTuning.firstBackoffMs, defaultTuning.longestBackoffMs);
    while (!signal.aborted) {
      try {
        await act();
        return true;
      } catch (error) {
        const wait = backoff.next();
        logger.warn({ manager: manager.name, fault: faultOf(error), retryInMs: Math.round(wait) }, 'reaction waits');
        await rest(wait, signal);
      }
    }
    return false;
  }
}
