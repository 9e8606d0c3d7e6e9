import { type CommandContext, type CommandMeta, CommandRunner } from '#libs/event-store';
import { ok, type Decider, type DomainEvent, type Result, type StoredEvent } from '#libs/kernel';
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

/** What one process manager does with one input or with one of its own events. Any of it may be done again. */
export class Reactions {
  readonly counts = { decided: 0, commands: 0, deadlines: 0 };
  private readonly decider: Decider<unknown, Input, DomainEvent>;

  constructor(
    private readonly manager: ProcessManager,
    private readonly runner: Pick<CommandRunner, 'execute'>,
    private readonly bus: Pick<CommandBus, 'execute'>,
    private readonly digests: Digests,
    private readonly store: ReactionStore,
  ) {
    this.decider = {
      initial: manager.initial,
      decide: (input, state) => ok(manager.decide(input, state)),
      evolve: (state, event) => manager.evolve(state, event),
    };
  }

  /** The instances that an event is for. */
  instancesOf(event: StoredEvent): readonly string[] {
    const keys = this.manager.correlate(event);
    return [...new Set(typeof keys === 'string' ? [keys] : keys)].map((key) =>
      this.digests.idFrom('reaction', this.manager.name, key),
    );
  }

  async take(event: StoredEvent, instance: string): Promise<void> {
    await this.decide(instance, { kind: 'event', event }, event.id, {
      subjectId: event.subjectId,
      context: this.context(event.correlationId, event.id),
      occurredAt: event.occurredAt,
    });
  }

  async fire(due: DueDeadline): Promise<void> {
    const { instance, name, dueAt } = due;
    // By the event that set it: one that's set again, for the same time, is another one.
    await this.decide(instance, { kind: 'deadline', name, dueAt }, `${name} ${due.setBy}`, {
      subjectId: (state) => this.manager.subjectOf?.(state),
      context: this.context(due.correlationId, due.setBy),
      occurredAt: dueAt,
    });
    await this.store.fired(due);
    this.counts.deadlines++;
  }

  /** Throws RefusedCommandError once all were sent, for the first that was refused. */
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
      if (outcome?.ok === false) refused ??= new RefusedCommandError(outcome.error.code);
      this.counts.commands++;
    }
    if (refused) throw refused;
  }

  private async decide(
    instance: string,
    input: Input,
    cause: string,
    {
      subjectId,
      ...meta
    }: CommandMeta & { readonly subjectId?: string | undefined | ((state: unknown) => string | undefined) },
  ): Promise<void> {
    const outcome = await this.runner.execute({
      decider: this.decider,
      stream: { category: this.manager.name, id: instance },
      ...(subjectId === undefined ? {} : { subjectId }),
      command: input,
      meta,
      factKey: this.digests.digest('reaction-input', cause),
    });
    if (!outcome.ok) throw new RefusedCommandError(outcome.error.code);
    if (!outcome.value.duplicate) this.counts.decided++;
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
