import type { Availability, CandidateEvent, Language, Ownership } from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';

/** What's stated as a whole, by what it's about. */
export interface Statements {
  readonly owner: Ownership;
  readonly availability: Availability;
  readonly languages: readonly Language[];
}
export type StatementTopic = keyof Statements;

/** What an event states of one thing. */
export type Statement = {
  readonly [T in StatementTopic]: { readonly about: T; readonly statement: Statements[T] };
}[StatementTopic];

/** What's stated by somebody of these events; nothing by any other. */
export const statementsIn = (event: StoredEvent): readonly Statement[] => {
  const decided = event as StoredEvent & CandidateEvent;
  switch (decided.type) {
    case 'candidate.added':
      return decided.data.owner === undefined ? [] : [{ about: 'owner', statement: { owner: decided.data.owner } }];
    case 'candidate.owner-assigned':
      return [{ about: 'owner', statement: decided.data }];
    case 'candidate.availability-stated':
      return [{ about: 'availability', statement: decided.data }];
    case 'candidate.languages-changed':
      return [{ about: 'languages', statement: decided.data.languages }];
    default:
      return [];
  }
};

/** The types of events that state something. */
export const statementTypes = [
  'candidate.added',
  'candidate.owner-assigned',
  'candidate.availability-stated',
  'candidate.languages-changed',
] as const satisfies readonly CandidateEvent['type'][];
