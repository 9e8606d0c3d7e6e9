import type { CommandOutcome, CommandRunner, EventLog, LoadedState, StreamCommand } from '#libs/event-store';
import { fold, ok, type Decider, type DomainEvent, type Refusal, type Result } from '#libs/kernel';

/** Stands in for the CommandRunner: streams in memory, with its promise that a fact is stored once a stream. */
export class StreamsInMemory {
  readonly streams = new Map<string, DomainEvent[]>();
  private readonly facts = new Set<string>();

  async execute<S, C, E extends DomainEvent>(
    command: StreamCommand<S, C, E>,
  ): Promise<Result<CommandOutcome, Refusal>> {
    const name = `${command.stream.category}-${command.stream.id}`;
    const history = (this.streams.get(name) ?? []) as E[];
    const outcome = { revision: history.length - 1, position: { commit: 0n, prepare: 0n }, appended: 0 };
    const fact = `${name} ${command.factKey ?? ''}`;
    if (command.factKey !== undefined && this.facts.has(fact)) return ok({ ...outcome, duplicate: true });
    const decision = command.decider.decide(command.command, fold(command.decider, history));
    if (!decision.ok) return decision;
    const appended = decision.value.length;
    const prepared = appended > 0 ? command.beforeAppend?.() : undefined;
    this.streams.set(name, [...history, ...decision.value]);
    this.facts.add(fact);
    await prepared;
    return ok({ ...outcome, revision: outcome.revision + appended, appended, duplicate: false });
  }

  exists({ category, id }: { category: string; id: string }): Promise<boolean> {
    return Promise.resolve(this.of(category, id).length > 0);
  }

  hasBegun(_decider: unknown, stream: { category: string; id: string }): Promise<boolean> {
    return this.exists(stream);
  }

  load<S, E extends DomainEvent>(
    decider: Pick<Decider<S, never, E>, 'initial' | 'evolve'>,
    { category, id }: { category: string; id: string },
    { state: initial, revision }: LoadedState<S> = { state: decider.initial, revision: -1 },
  ): Promise<LoadedState<S> | undefined> {
    const history = this.of(category, id) as E[];
    const evolve = (one: S, event: E): S => decider.evolve(one, event);
    const state = fold({ initial, evolve }, history.slice(revision + 1));
    return Promise.resolve(history.length === 0 ? undefined : { state, revision: history.length - 1 });
  }

  lastRevision(streamId: string): Promise<number> {
    return Promise.resolve((this.streams.get(streamId)?.length ?? 0) - 1);
  }

  of(category: string, id: string): readonly DomainEvent[] {
    return this.streams.get(`${category}-${id}`) ?? [];
  }

  /** For constructors. */
  get asRunner(): CommandRunner {
    return this as unknown as CommandRunner;
  }

  /** For constructors of what asks the log for no more than a stream's last revision. */
  get asLog(): EventLog {
    return this as unknown as EventLog;
  }
}
