import type { Refusal } from './refusal.js';
import type { Result } from './result.js';

/** What a decider emits and folds: a type and its data. Everything else about an event is metadata. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** No events means that the command was right and changed nothing. */
export type Decision<Event> = Result<readonly Event[], Refusal>;

/**
 * A business rule as two pure functions. No clock, no ids, no I/O: what a decision depends on comes in with the command.
 * `evolve` must know every event type of its stream and throw on any other (`unknownEvent`), because a decision
 * made on half a history is wrong.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initial: State;
  decide(command: Command, state: State): Decision<Event>;
  evolve(state: State, event: Event): State;
  /** About how many bytes a state keeps of an event; left out where it's a few. For whoever keeps many states in memory. */
  keeps?(event: Event): number;
}

/** The state of a decider after a history. */
export const fold = <State, Event extends DomainEvent>(
  decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  history: Iterable<Event>,
): State => {
  let state = decider.initial;
  for (const event of history) state = decider.evolve(state, event);
  return state;
};

/** Thrown by `evolve` for an event type that it doesn't know: a newer version of Rapport wrote this stream. */
export class UnknownEventError extends Error {
  constructor(readonly eventType: string) {
    super(`This version of Rapport does not know the event type "${eventType}". Start a version that does.`);
    this.name = 'UnknownEventError';
  }
}

/** For the default branch of `evolve`: the compiler proves that it's unreachable, the log may prove it wrong. */
export const unknownEvent = (event: never): never => {
  throw new UnknownEventError((event as DomainEvent).type);
};
