import type {
  Attachment,
  Availability,
  CandidateEvent,
  Language,
  MedallistMark,
  Note,
  Ownership,
  Position,
  Studies,
} from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';

/** What's stated as a whole, by what it's about. */
export interface Statements {
  readonly owner: Ownership;
  readonly availability: Availability;
  readonly languages: readonly Language[];
  readonly 'work-history': readonly Position[];
  readonly education: readonly Studies[];
  readonly attachments: readonly Attachment[];
  readonly 'silver-medallist': MedallistMark & { readonly marked: boolean };
}
export type StatementTopic = keyof Statements;

/** What each note is about begins so, and ends with its id. */
export const aboutNotes = 'note/';

/** What an event states of one thing; null: a note that was removed. */
export type Statement =
  | { readonly [T in StatementTopic]: { readonly about: T; readonly statement: Statements[T] } }[StatementTopic]
  | { readonly about: `${typeof aboutNotes}${string}`; readonly statement: Note | null };

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
    case 'candidate.work-history-changed':
      return [{ about: 'work-history', statement: decided.data.positions }];
    case 'candidate.education-changed':
      return [{ about: 'education', statement: decided.data.education }];
    case 'candidate.attachments-changed':
      return [{ about: 'attachments', statement: decided.data.attachments }];
    case 'candidate.silver-medallist-marked':
    case 'candidate.silver-medallist-unmarked': {
      const marked = decided.type === 'candidate.silver-medallist-marked';
      return [{ about: 'silver-medallist', statement: { ...decided.data, marked } }];
    }
    case 'candidate.note-written':
    case 'candidate.note-edited':
      return [{ about: `${aboutNotes}${decided.data.noteId}`, statement: decided.data }];
    case 'candidate.note-removed':
      return [{ about: `${aboutNotes}${decided.data.noteId}`, statement: null }];
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
  'candidate.work-history-changed',
  'candidate.education-changed',
  'candidate.attachments-changed',
  'candidate.note-written',
  'candidate.note-edited',
  'candidate.note-removed',
  'candidate.silver-medallist-marked',
  'candidate.silver-medallist-unmarked',
] as const satisfies readonly CandidateEvent['type'][];
