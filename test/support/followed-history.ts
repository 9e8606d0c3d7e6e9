import { FixedClock, type DomainEvent, type StoredEvent } from '#libs/kernel';
import type { Input, ProcessManager } from '#libs/reacting';
import { ToldHistory } from './told-history.js';

/** A process manager at work on a history in memory, as the runtime has it work: every input once, deadlines after events. */
export class FollowedHistory {
  readonly told = new ToldHistory();
  readonly clock: FixedClock;
  private manager: ProcessManager | undefined;
  private handled = 0;
  private readonly taken = new Set<string>();
  private readonly deadlines = new Map<string, { instance: string; name: string; dueAt: Date; setBy: string }>();

  constructor(now: Date) {
    this.clock = new FixedClock(now);
  }

  get events(): readonly StoredEvent[] {
    return this.told.events;
  }

  /** How many deadlines are set. */
  get ahead(): number {
    return this.deadlines.size;
  }

  /** Who works from now on. */
  followedBy(manager: ProcessManager): void {
    this.manager = manager;
  }

  /** As after a crash: all of the log is read again, and what left no trace in it isn't known any more. */
  forget(): void {
    this.handled = 0;
  }

  /** Until there's nothing left to do now. */
  async work(): Promise<void> {
    for (;;) {
      for (let event = this.events[this.handled]; event; event = this.events[this.handled]) {
        this.handled++;
        await this.handle(event);
      }
      const due = [...this.deadlines].find(([, { dueAt }]) => dueAt <= this.clock.now());
      if (!due) return;
      const [key, { instance, name, dueAt, setBy }] = due;
      await this.decide(
        instance,
        undefined,
        { kind: 'deadline', name, dueAt, metAt: this.clock.now() },
        `${name} ${setBy}`,
      );
      if (this.deadlines.get(key)?.setBy === setBy) this.deadlines.delete(key);
    }
  }

  private async handle(event: StoredEvent): Promise<void> {
    const manager = this.working();
    if (manager.definitions.some(({ type }) => type === event.type)) {
      const instance = event.streamId.slice(manager.name.length + 1);
      for (const { name, dueAt } of manager.deadlines?.(event) ?? []) {
        if (dueAt === null) this.deadlines.delete(`${instance} ${name}`);
        else this.deadlines.set(`${instance} ${name}`, { instance, name, dueAt, setBy: event.id });
      }
    }
    if (!manager.listensTo.includes(event.type)) return;
    const keys = await manager.correlate(event);
    for (const key of new Set(typeof keys === 'string' ? [keys] : keys))
      await this.decide(key, key, { kind: 'event', event }, event.id);
  }

  private async decide(instance: string, key: string | undefined, input: Input, cause: string): Promise<void> {
    const manager = this.working();
    const state = this.stateOf(instance);
    const stateOf = (other: string): Promise<unknown> => Promise.resolve(this.stateOf(other));
    const gathered = await manager.gather?.(input, { key, state, stateOf });
    if (this.taken.has(`${instance} ${cause}`)) return;
    const decided = manager.decide(input, state, gathered);
    if (decided.length > 0) this.taken.add(`${instance} ${cause}`);
    const about = manager.subjectOf?.(state, key);
    for (const event of decided) this.told.appended(`${manager.name}-${instance}`, this.clock.now(), event, about);
  }

  private stateOf(instance: string): unknown {
    const manager = this.working();
    return this.events
      .filter(({ streamId }) => streamId === `${manager.name}-${instance}`)
      .reduce((state: unknown, event) => manager.evolve(state, event as DomainEvent), manager.initial);
  }

  private working(): ProcessManager {
    if (!this.manager) throw new Error('Nobody works.');
    return this.manager;
  }
}
