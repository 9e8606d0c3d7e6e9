import { type CommandContext, type CommandMeta, CommandRunner } from '#libs/event-store';
import { ok, type Clock, type Decider, type DomainEvent, type Result, type StoredEvent } from '#libs/kernel';
import type { Digests } from '#libs/privacy';
import type { CommandBus } from '@nestjs/cqrs';
import type { Input, ProcessManager } from './process-manager.js';
import type { DueDeadline, ReactionStore } from './reaction-store.js';

/** A command that came back with a refusal: nothing to try again. */
export class RefusedCommandError extends Error {
  constructor(readonly code: string) {
    super(`A command was refused: ${code}.`);
    this.name = 'RefusedCommandError';
  }
}

/** What the runner, and every command, says where the keys of the person were destroyed: nobody's left to react to. */
const ERASED = 'candidate-erased';

/** Handling an event takes what isn't there to be read. */
export class UnreadableEventError extends Error {
  constructor(reason: string) {
    super(`An event can't be read: ${reason}.`);
    this.name = `unreadable: ${reason}`;
  }
}

/** An instance, and the text that it goes by; a deadline knows only the former. */
export interface Instance {
  readonly id: string;
  readonly key?: string;
}

/** What one process manager does with one input or with one of its own events. Any of it may be done again. */
export class Reactions {
  readonly counts = { decided: 0, commands: 0, deadlines: 0 };

  constructor(
    private readonly manager: ProcessManager,
    private readonly runner: Pick<CommandRunner, 'execute' | 'load'>,
    private readonly bus: Pick<CommandBus, 'execute'>,
    private readonly digests: Digests,
    private readonly store: ReactionStore,
    private readonly clock: Clock,
  ) {}

  /** The instances that an event is for. */
  async instancesOf(event: StoredEvent): Promise<readonly Required<Instance>[]> {
    const keys = await this.manager.correlate(event);
    return [...new Set(typeof keys === 'string' ? [keys] : keys)].map((key) => ({ key, id: this.idOf(key) }));
  }

  async take(event: StoredEvent, instance: Instance): Promise<void> {
    await this.decide(instance, { kind: 'event', event }, event.id, {
      subjectId: (state) => this.manager.subjectOf?.(state, instance.key) ?? event.subjectId,
      context: this.context(event.correlationId, event.id),
      occurredAt: event.occurredAt,
    });
  }

  async fire(due: DueDeadline): Promise<void> {
    const { instance, name, dueAt } = due;
    const metAt = new Date(Math.max(this.clock.now().getTime(), dueAt.getTime()));
    // By the event that set it: one that's set again, for the same time, is another one.
    await this.decide({ id: instance }, { kind: 'deadline', name, dueAt, metAt }, `${name} ${due.setBy}`, {
      subjectId: (state) => this.manager.subjectOf?.(state),
      context: this.context(due.correlationId, due.setBy),
      occurredAt: dueAt,
    });
    await this.store.fired(due);
    this.counts.deadlines++;
  }

  /** Throws RefusedCommandError once all were sent, for the first that was refused, but of somebody who was erased. */
  async follow(event: StoredEvent): Promise<void> {
    const instance = event.streamId.slice(this.manager.name.length + 1);
    for (const deadline of this.manager.deadlines?.(event) ?? []) await this.store.set(instance, deadline, event);
    const meta = (n: number): CommandMeta => {
      const key = this.digests.digest('reaction', event.id, String(n));
      return {
        context: this.context(event.correlationId, event.id),
        occurredAt: event.occurredAt,
        commandKey: { key, body: key },
      };
    };
    let refused: RefusedCommandError | undefined;
    for (const command of this.manager.commands?.(event, meta) ?? []) {
      const outcome = (await this.bus.execute(command)) as Result<unknown, { code: string }> | undefined;
      if (outcome?.ok === false && outcome.error.code !== ERASED)
        refused ??= new RefusedCommandError(outcome.error.code);
      this.counts.commands++;
    }
    if (refused) throw refused;
  }

  private async decide(
    instance: Instance,
    input: Input,
    cause: string,
    { subjectId, ...meta }: CommandMeta & { readonly subjectId: (state: unknown) => string | undefined },
  ): Promise<void> {
    const gathered = await this.gather(input, instance);
    const decider: Decider<unknown, Input, DomainEvent> = {
      initial: this.manager.initial,
      decide: (_, state) => ok(this.manager.decide(input, state, gathered)),
      evolve: (state, event) => this.manager.evolve(state, event),
    };
    const outcome = await this.runner.execute({
      decider,
      stream: { category: this.manager.name, id: instance.id },
      subjectId,
      command: input,
      meta,
      factKey: this.digests.digest('reaction-input', cause),
    });
    if (!outcome.ok) {
      if (outcome.error.code === ERASED) return;
      throw new RefusedCommandError(outcome.error.code);
    }
    if (!outcome.value.duplicate) this.counts.decided++;
  }

  private async gather(input: Input, { id, key }: Instance): Promise<unknown> {
    if (!this.manager.gather) return undefined;
    const state = await this.stateOf(id);
    return this.manager.gather(input, { key, state, stateOf: (other) => this.stateOf(this.idOf(other)) });
  }

  private async stateOf(id: string): Promise<unknown> {
    const { name, initial } = this.manager;
    const evolve = (state: unknown, event: DomainEvent): unknown => this.manager.evolve(state, event);
    return (await this.runner.load({ initial, evolve }, { category: name, id }))?.state ?? initial;
  }

  private idOf(key: string): string {
    return this.digests.idFrom('reaction', this.manager.name, key);
  }

  private context(correlationId: string, causationId: string): CommandContext {
    return {
      actor: { kind: 'system', id: this.manager.name },
      correlationId,
      causationId,
      source: 'automation',
    };
  }
}
