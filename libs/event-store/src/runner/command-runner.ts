import { err, ok, type Decider, type DomainEvent, type LogPosition, type Refusal, type Result } from '#libs/kernel';
import { currentTraceparent, isTracing, recordSharedWork, traced } from '#libs/observability';
import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { EventCodec } from '../codec/event-codec.js';
import { EventStoreUnavailableError, WrongRevisionError } from '../errors.js';
import { EventLog } from '../log/event-log.js';
import type { AppendResult, EncodedEvent, RawEvent } from '../log/raw-event.js';
import { streamName, type CommandOutcome, type StreamCommand, type StreamRef } from './command.js';
import { decideBatch, type AnyCommand, type DecidedBatch, type Verdict } from './decide-batch.js';
import { KnownStreams } from './known-streams.js';
import { StreamCache } from './stream-cache.js';
import { StreamLoader, rememberKeys } from './stream-loader.js';
import type { LoadedState, StreamState } from './stream-state.js';

/** Commands of one stream that are decided together at most. */
const MAX_BATCH = 200;
/** Conflicts in a row after which the caller is told to come back. Each loser lets a winner through, so this is a lot. */
const MAX_CONFLICTS = 20;
/** The same bytes are sent again this often while the outcome is unknown: about three seconds in all… */
const MAX_RESENDS = 6;
/** …and not after this long, where each try has to wait for its time-out. */
const RESEND_MILLISECONDS = 4_500;
/** Commands that may wait in this process; more than that are refused at once, so that an outage costs bounded memory. */
const MAX_WAITING = 10_000;

type Answer = Result<CommandOutcome, Refusal>;

interface Waiting {
  readonly command: AnyCommand;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Load, decide, append, retry: the one way in which anything gets into the log.
 *
 * Every append names the revision that it was decided on. Commands of one stream that wait in this process are decided
 * together and appended at once, so a bulk caller just calls `execute` many times. What was accepted is known from the
 * stream itself, so a command or a fact that comes twice, in whatever way, is stored once.
 */
@Injectable()
export class CommandRunner {
  /** What it did since the process started; for metrics. */
  readonly figures = { appends: 0, events: 0, conflicts: 0, resends: 0, failures: 0, duplicates: 0, refusals: 0 };
  private readonly cache = new StreamCache();
  private readonly queues = new Map<string, Waiting[]>();
  private waiting = 0;
  private readonly known = new KnownStreams();

  constructor(
    private readonly log: EventLog,
    private readonly codec: EventCodec,
    private readonly loader: StreamLoader,
  ) {}

  /**
   * A refusal is a value. Throws EventStoreUnavailableError or DatabaseUnavailableError where the outcome couldn't be
   * learned: the caller may send the command again, with the same key if it mustn't happen twice.
   */
  execute<S, C, E extends DomainEvent>(command: StreamCommand<S, C, E>): Promise<Answer> {
    if (!isTracing()) return this.enqueue(command);
    return traced(`command on ${command.stream.category}`, {}, () =>
      this.enqueue({ ...command, traceparent: command.traceparent ?? currentTraceparent() }),
    );
  }

  private enqueue<S, C, E extends DomainEvent>(command: StreamCommand<S, C, E>): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const streamId = streamName(command.stream);
      if (this.waiting >= MAX_WAITING) {
        reject(new EventStoreUnavailableError());
        return;
      }
      this.waiting++;
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          this.waiting--;
          settle(value);
        };
      const waiting: Waiting = {
        command: command as unknown as AnyCommand,
        resolve: settled(resolve),
        reject: settled(reject),
      };
      const queue = this.queues.get(streamId);
      if (queue) {
        queue.push(waiting);
        return;
      }
      this.queues.set(streamId, [waiting]);
      void this.work(streamId);
    });
  }

  /** Whether a stream has events. */
  exists(stream: StreamRef): Promise<boolean> {
    return this.known.has(streamName(stream), async (streamId) => (await this.log.lastRevision(streamId)) >= 0);
  }

  /**
   * The same for a stream whose next command is about to come: what's read to find out is what that is decided on, so
   * it isn't read twice.
   */
  hasBegun<S, E extends DomainEvent>(
    decider: Pick<Decider<S, never, E>, 'initial' | 'evolve'>,
    stream: StreamRef,
  ): Promise<boolean> {
    return this.known.has(streamName(stream), async (streamId) => {
      const cached = this.cache.get(streamId);
      if (cached) return cached.revision >= 0;
      const loaded = await this.loader.load(streamId, decider);
      // Whoever wrote meanwhile knows better.
      if (!this.cache.get(streamId)) this.cache.set(streamId, loaded);
      return loaded.revision >= 0;
    });
  }

  /**
   * A stream's state as the store has it now; undefined for a stream without events.
   * @param since what was loaded of it before: only what came after it is read
   */
  async load<S, E extends DomainEvent>(
    decider: Pick<Decider<S, never, E>, 'initial' | 'evolve'>,
    stream: StreamRef,
    since?: LoadedState<S>,
  ): Promise<LoadedState<S> | undefined> {
    const loaded = await this.loader.load(streamName(stream), decider, since);
    return loaded.revision < 0 ? undefined : { state: loaded.state, revision: loaded.revision };
  }

  private async work(streamId: string): Promise<void> {
    const queue = this.queues.get(streamId) ?? [];
    // Commands of the same tick go together.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.splice(0, MAX_BATCH);
      try {
        const leftOver = await this.settle(streamId, batch);
        queue.unshift(...leftOver);
      } catch (error) {
        this.cache.drop(streamId);
        for (const { reject } of batch) reject(error);
      }
    }
    this.queues.delete(streamId);
  }

  /** Answers the commands of a batch; those that didn't fit into one append are given back. */
  private async settle(streamId: string, batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const commands = batch.map(({ command }) => command);
    for (let conflicts = 0; ; conflicts++) {
      const { baseline, from } = await this.baseline(streamId, commands, conflicts > 0);
      const decided = await decideBatch(commands, baseline, this.codec);
      const appends = decided.events.length > 0;
      const preparations = commands.flatMap(({ beforeAppend }, i) =>
        beforeAppend && decided.verdicts[i]?.kind === 'appends' ? [beforeAppend] : [],
      );
      // Before an append nothing has proved that the cached state is the store's.
      const mustBeProved = appends
        ? from === 'cache' && preparations.length > 0
        : from !== 'store' && decided.verdicts.some(restsOnState);
      if (mustBeProved && (await this.log.lastRevision(streamId)) !== baseline.revision) {
        this.cache.drop(streamId);
        continue;
      }
      if (!appends) {
        await this.answerUnappended(batch, decided, baseline);
        return batch.slice(decided.verdicts.length);
      }
      await Promise.all(preparations.map((prepare) => prepare()));
      try {
        const startedAt = Date.now();
        const appended = await this.appendForSure(streamId, baseline.revision, decided.events);
        if (isTracing()) traceAppend(commands, decided, startedAt);
        this.figures.appends++;
        this.figures.events += decided.events.length;
        this.remember(streamId, baseline, decided, appended);
        this.answer(batch, decided.verdicts, appended.position, baseline.revision);
        return batch.slice(decided.verdicts.length);
      } catch (error) {
        this.cache.drop(streamId);
        if (!(error instanceof WrongRevisionError)) {
          this.figures.failures++;
          throw error;
        }
        this.figures.conflicts++;
        if (conflicts >= MAX_CONFLICTS) throw new EventStoreUnavailableError(error);
        // Jitter: two processes that collided once shouldn't collide again in step.
        await wait(Math.random() * Math.min(2 ** conflicts, 50));
      }
    }
  }

  private async baseline(
    streamId: string,
    commands: readonly AnyCommand[],
    again: boolean,
  ): Promise<{ baseline: StreamState<unknown>; from: 'cache' | 'store' | 'assumption' }> {
    const cached = this.cache.get(streamId);
    if (cached) return { baseline: cached, from: 'cache' };
    const [first] = commands;
    if (!first) throw new Error('A batch has at least one command.');
    if (first.likelyNew && !again) {
      const empty = { state: first.decider.initial, revision: -1, headHash: null, kept: 0, keys: new Map() };
      return { baseline: empty, from: 'assumption' };
    }
    const loaded = await this.loader.load(streamId, first.decider);
    this.cache.set(streamId, loaded);
    return { baseline: loaded, from: 'store' };
  }

  /** Sends the same bytes again while the outcome is unknown; the store recognises their ids. */
  private async appendForSure(
    streamId: string,
    revision: number,
    events: readonly EncodedEvent[],
  ): Promise<AppendResult> {
    const expected = revision < 0 ? 'no-stream' : revision;
    const giveUpAt = performance.now() + RESEND_MILLISECONDS;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.log.append(streamId, expected, events);
      } catch (error) {
        if (error instanceof WrongRevisionError && attempt > 0) {
          // An earlier try may have been the one that moved the stream on.
          const landed = await this.landed(streamId, revision, events);
          if (landed) return landed;
        }
        if (!(error instanceof EventStoreUnavailableError) || attempt >= MAX_RESENDS || performance.now() > giveUpAt)
          throw error;
        this.figures.resends++;
        await wait(25 * 2 ** attempt + Math.random() * 25);
      }
    }
  }

  private async landed(
    streamId: string,
    revision: number,
    events: readonly EncodedEvent[],
  ): Promise<AppendResult | undefined> {
    const found: RawEvent[] = [];
    for await (const raw of this.log.readStream(streamId, { fromRevision: revision + 1, maxCount: events.length })) {
      found.push(raw);
    }
    const last = found.at(-1);
    const ours = found.length === events.length && found.every(({ id }, i) => id === events[i]?.id);
    return ours && last ? { revision: last.revision, position: last.position } : undefined;
  }

  private remember(
    streamId: string,
    baseline: StreamState<unknown>,
    decided: DecidedBatch,
    appended: AppendResult,
  ): void {
    this.known.add(streamId);
    if (appended.revision !== decided.after.revision) {
      // The store recognised ids of an earlier try and others have appended since.
      this.cache.drop(streamId);
      return;
    }
    decided.events.forEach((event, i) =>
      rememberKeys(baseline.keys, {
        ...event,
        streamId,
        revision: baseline.revision + 1 + i,
        position: appended.position,
        recordedAt: new Date(0),
      }),
    );
    this.cache.set(streamId, { ...decided.after, keys: baseline.keys });
  }

  private async answerUnappended(
    batch: readonly Waiting[],
    decided: DecidedBatch,
    baseline: StreamState<unknown>,
  ): Promise<void> {
    const needsHead = decided.verdicts.some((verdict) => verdict.kind === 'unchanged');
    this.answer(
      batch,
      decided.verdicts,
      needsHead ? await this.log.head() : { commit: 0n, prepare: 0n },
      baseline.revision,
    );
  }

  private answer(batch: readonly Waiting[], verdicts: readonly Verdict[], position: LogPosition, before: number): void {
    let revision = before;
    verdicts.forEach((verdict, i) => {
      if (verdict.kind === 'appends') revision = verdict.revision;
      else if (verdict.kind === 'refused') this.figures.refusals++;
      else if (verdict.kind !== 'unchanged') this.figures.duplicates++;
      batch[i]?.resolve(toAnswer(verdict, position, revision));
    });
  }
}

/** Commands that are appended together each have the append in their trace. */
const traceAppend = (commands: readonly AnyCommand[], { events, verdicts }: DecidedBatch, startedAt: number): void => {
  const appended = commands.filter((_, i) => verdicts[i]?.kind === 'appends');
  recordSharedWork({
    name: 'append',
    attributes: { 'rapport.category': commands[0]?.stream.category ?? '', 'rapport.events': events.length },
    startedAt,
    endedAt: Date.now(),
    traceparents: appended.flatMap(({ traceparent }) => traceparent ?? []),
  });
};

/** Whether a verdict could be another one on a later state. What was accepted once stays accepted. */
const restsOnState = (verdict: Verdict): boolean => verdict.kind === 'refused' || verdict.kind === 'unchanged';

const toAnswer = (verdict: Verdict, position: LogPosition, revision: number): Answer => {
  switch (verdict.kind) {
    case 'refused':
      return err(verdict.refusal);
    case 'duplicate':
      return ok({
        revision: verdict.accepted.revision,
        position: verdict.accepted.position,
        appended: verdict.accepted.appended,
        duplicate: true,
      });
    case 'repeats':
      return ok({ revision: verdict.verdict.revision, position, appended: verdict.verdict.events, duplicate: true });
    case 'unchanged':
      return ok({ revision, position, appended: 0, duplicate: false });
    case 'appends':
      return ok({ revision: verdict.revision, position, appended: verdict.events, duplicate: false });
  }
};
