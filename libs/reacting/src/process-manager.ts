import type { CommandMeta } from '#libs/event-store';
import type { DomainEvent, EventDefinition, StoredEvent } from '#libs/kernel';
import type { Command } from '@nestjs/cqrs';

/** What makes a process manager decide: something that was recorded, or a time that it had asked for. */
export type Input =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | {
      readonly kind: 'deadline';
      readonly name: string;
      readonly dueAt: Date;
      /** When it's met: then, or later where nobody worked. */
      readonly metAt: Date;
    };

/** Sets the deadline of this name, instead of the one that was set before; null takes it back. */
export interface Deadline {
  readonly name: string;
  readonly dueAt: Date | null;
}

/** Whose turn it is, for `gather`. */
export interface Turn<S> {
  /** What `correlate` named the instance by; undefined on a deadline, where its state says who it is. */
  readonly key: string | undefined;
  readonly state: S;
  /** Of the instance that goes by a key; the initial one where there's none. */
  readonly stateOf: (key: string) => Promise<S>;
}

/**
 * A process manager: pure functions that turn events into events of its own, and these into deadlines and commands.
 *
 * Each instance has a stream `<name>-<uuid>`, and its state is nothing but the fold over it. An input is decided on at most
 * once an instance: the events that it gave remember it. Commands go out once an own event comes round in the log, so that
 * none is lost and, by their keys, none is obeyed twice, whenever the process dies.
 *
 * ```ts
 * const welcome = defineProcessManager<State, Welcomed>({
 *   name: 'welcome',
 *   from: 'now',                                    // or 'beginning', for what may act on history
 *   definitions: [welcomed],
 *   listensTo: ['candidate.added'],
 *   correlate: ({ subjectId }) => subjectId ?? [],  // whose instance; several, or none
 *   initial: { greeted: false },
 *   decide: (input, state) => (state.greeted ? [] : [{ type: 'welcome.due', data: {} }]),
 *   evolve: (state, event) => ({ greeted: true }),
 *   commands: (event, meta) => [new SendWelcome(event.streamId, meta(0))],
 * });
 * ```
 */
export interface ProcessManager<S = unknown, E extends DomainEvent = DomainEvent, G = unknown> {
  /** Kebab-case; the category of its streams, and never changed once it ran. */
  readonly name: string;
  /** Where it begins the first time that it runs. With `now` nothing is ever caused by what had happened before. */
  readonly from: 'beginning' | 'now';
  /** Of its own events. Their types begin with its name and a dot. */
  readonly definitions: readonly EventDefinition[];
  /** The types of the events that it takes in. One of its own may be among them: what one instance says to others. */
  readonly listensTo: readonly string[];
  /** Which instances an event is for: any texts, of which only keyed digests are stored. */
  correlate(event: StoredEvent): string | readonly string[] | Promise<string | readonly string[]>;
  /** The person whom its own events are about, and whose keys seal them; where it says nothing, on an event the event's. */
  subjectOf?(state: S, key?: string): string | undefined;
  readonly initial: S;
  /**
   * Reads from the log what deciding takes and no single event says, as of now. It may be called again for the same input.
   * Of several events for one instance that are handled together only the last is then decided on, since what's gathered
   * for it is what would be gathered for the others.
   */
  gather?(input: Input, turn: Turn<S>): Promise<G>;
  /**
   * Nothing, where the input changes nothing: it's then not remembered either, and may come again after a crash. What was
   * gathered may rest on less than the state does, where two processes work at once.
   */
  decide(input: Input, state: S, gathered: G): readonly E[];
  evolve(state: S, event: E): S;
  /** The deadlines that an own event sets or takes back. */
  deadlines?(event: E): readonly Deadline[];
  /**
   * What an own event asks for, through the command bus. Pass `meta(n)` with the n-th: it holds the key by which a
   * repetition is known, for the runner and for a receiver outside. A refusal is reported, and everything goes on.
   */
  commands?(event: StoredEvent & E, meta: (n: number) => CommandMeta): readonly Command<unknown>[];
}

/** Declares a process manager; the runtime sees it without its types. */
export const defineProcessManager = <S, E extends DomainEvent, G = unknown>(
  manager: ProcessManager<S, E, G>,
): ProcessManager => {
  const foreign = manager.definitions.find(({ type }) => !type.startsWith(`${manager.name}.`));
  if (foreign) throw new Error(`The event type ${foreign.type} of ${manager.name} must begin with "${manager.name}.".`);
  return manager;
};
