import { err, ok, refusal, sameJson, type Decision } from '#libs/kernel';
import type { KnownCandidate } from '../candidate/candidate.js';
import type { CandidateEvent, Note } from '../events/index.js';

/** What may be decided about a note. */
export type NoteChange =
  | { readonly kind: 'write-note'; readonly note: Note }
  | { readonly kind: 'edit-note'; readonly note: Note }
  | { readonly kind: 'remove-note'; readonly noteId: string };

/** A stream with all of somebody's notes is read for every decision about them. */
const MAX_NOTES = 1_000;

const noteUnknown = refusal('not-found', 'note-unknown', 'There is no note with this id about the candidate.');
const noteExists = refusal('conflict', 'note-exists', 'There is a note with this id already. To change it, edit it.');
const tooManyNotes = refusal('conflict', 'too-many-notes', `A candidate has at most ${MAX_NOTES} notes.`);

export const decideNote = (change: NoteChange, { notes }: KnownCandidate): Decision<CandidateEvent> => {
  const noteId = change.kind === 'remove-note' ? change.noteId : change.note.noteId;
  const known = notes.find((note) => note.noteId === noteId);
  if (change.kind === 'write-note') {
    if (known) return err(noteExists);
    if (notes.length >= MAX_NOTES) return err(tooManyNotes);
    return ok([{ type: 'candidate.note-written', data: change.note }]);
  }
  if (!known) return err(noteUnknown);
  if (change.kind === 'remove-note') return ok([{ type: 'candidate.note-removed', data: { noteId } }]);
  return ok(sameJson(known, change.note) ? [] : [{ type: 'candidate.note-edited', data: change.note }]);
};
