import { unknownEvent } from '#libs/kernel';
import type {
  Attachment,
  CandidateEvent,
  ContactPoint,
  CustomFieldSet,
  DoNotContact,
  Language,
  Location,
  Note,
  Ownership,
  PersonName,
  Position,
  Skill,
  Snooze,
  Source,
  Studies,
} from '../events/index.js';

/** What was decided about a person so far. */
export interface KnownCandidate {
  readonly kind: 'known';
  readonly name?: PersonName;
  readonly title?: string;
  readonly employer?: string;
  readonly summary?: string;
  readonly experienceYears?: number;
  readonly location?: Location;
  readonly contactPoints: readonly ContactPoint[];
  readonly skills: readonly Skill[];
  readonly interests: readonly string[];
  readonly tags: readonly string[];
  readonly freeTags: readonly string[];
  readonly externalIds: readonly { readonly system: string; readonly id: string }[];
  readonly source?: Source;
  readonly owner?: string;
  /** Where it was said. */
  readonly ownerKind?: Ownership['kind'];
  readonly doNotContact?: DoNotContact;
  readonly snooze?: Snooze;
  readonly languages: readonly Language[];
  readonly workHistory: readonly Position[];
  readonly education: readonly Studies[];
  readonly attachments: readonly Attachment[];
  readonly notes: readonly Note[];
  /** By the key of the field. */
  readonly customFields: Readonly<Record<string, CustomFieldSet>>;
}

export type Candidate = { readonly kind: 'unknown' } | KnownCandidate;

export const unknownCandidate: Candidate = { kind: 'unknown' };

/** Nothing is decided by what a taxonomy made of it: only read models look at that. */
const notDecidedBy = 'normalised';

/** Takes changes in; null takes a field away. */
const changed = (state: KnownCandidate, changes: Readonly<Record<string, unknown>>): KnownCandidate => {
  const next: Record<string, unknown> = { ...state };
  for (const [field, value] of Object.entries(changes)) {
    if (field === notDecidedBy) continue;
    if (value === null) delete next[field];
    else if (value !== undefined) next[field] = value;
  }
  return next as unknown as KnownCandidate;
};

const without = (list: readonly string[], gone: readonly string[]): string[] =>
  list.filter((item) => !gone.includes(item));

export const evolveCandidate = (state: Candidate, event: CandidateEvent): Candidate => {
  if (event.type === 'candidate.added') {
    const { [notDecidedBy]: _, ...stated } = event.data;
    const unsaid = {
      languages: [],
      workHistory: [],
      education: [],
      attachments: [],
      notes: [],
      customFields: {},
    };
    return { kind: 'known', ...stated, ...unsaid };
  }
  if (state.kind === 'unknown') throw new Error(`A candidate's first event is candidate.added, not ${event.type}.`);
  switch (event.type) {
    case 'candidate.profile-changed':
      return changed(state, event.data);
    case 'candidate.contact-points-changed':
    case 'candidate.skills-changed':
    case 'candidate.interests-changed':
    case 'candidate.source-changed':
      return changed(state, event.data);
    case 'candidate.owner-assigned':
      return changed(state, { owner: event.data.owner, ownerKind: event.data.kind ?? null });
    case 'candidate.tagged':
      return {
        ...state,
        tags: [...new Set([...state.tags, ...event.data.tags])],
        freeTags: [...new Set([...state.freeTags, ...event.data.freeTags])],
      };
    case 'candidate.untagged':
      return {
        ...state,
        tags: without(state.tags, event.data.tags),
        freeTags: without(state.freeTags, event.data.freeTags),
      };
    case 'candidate.external-id-linked':
      return { ...state, externalIds: [...state.externalIds, event.data.externalId] };
    // What holds of these depends on when each was said; nothing else is decided by it.
    case 'candidate.consent-given':
    case 'candidate.consent-withdrawn':
    case 'candidate.availability-stated':
    case 'candidate.silver-medallist-marked':
    case 'candidate.silver-medallist-unmarked':
      return state;
    case 'candidate.do-not-contact-set':
      return { ...state, doNotContact: event.data };
    case 'candidate.do-not-contact-lifted':
      return changed(state, { doNotContact: null });
    case 'candidate.snoozed':
      return { ...state, snooze: event.data };
    case 'candidate.snooze-ended':
      return changed(state, { snooze: null });
    case 'candidate.languages-changed':
      return { ...state, languages: event.data.languages };
    case 'candidate.work-history-changed':
      return { ...state, workHistory: event.data.positions };
    case 'candidate.education-changed':
      return { ...state, education: event.data.education };
    case 'candidate.attachments-changed':
      return { ...state, attachments: event.data.attachments };
    case 'candidate.note-written':
      return { ...state, notes: [...state.notes, event.data] };
    case 'candidate.note-edited':
      return { ...state, notes: state.notes.map((note) => (note.noteId === event.data.noteId ? event.data : note)) };
    case 'candidate.custom-field-set':
      return { ...state, customFields: { ...state.customFields, [event.data.field]: event.data } };
    case 'candidate.custom-field-cleared': {
      const { [event.data.field]: _, ...customFields } = state.customFields;
      return { ...state, customFields };
    }
    case 'candidate.note-removed':
      return { ...state, notes: state.notes.filter(({ noteId }) => noteId !== event.data.noteId) };
    default:
      return unknownEvent(event);
  }
};
