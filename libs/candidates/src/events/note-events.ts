import { Type, type Static } from 'typebox';
import { closed, firstVersion, narrative, oneOf, opaqueId } from './fields.js';

export const mentionKinds = ['person', 'team'] as const;

/** Somebody of ours, who should read it. */
const mention = closed({ kind: oneOf(mentionKinds), id: opaqueId() });
const noteId = () => Type.String({ format: 'uuid' });
const note = closed({
  noteId: noteId(),
  text: narrative(),
  mentions: Type.Array(mention, { maxItems: 50 }),
});

/** What one of us thinks should be known of somebody. */
export const candidateNoteWritten = firstVersion('candidate.note-written', note);
/** The whole of it anew. */
export const candidateNoteEdited = firstVersion('candidate.note-edited', note);
export const candidateNoteRemoved = firstVersion('candidate.note-removed', closed({ noteId: noteId() }));

export const noteEventDefinitions = [candidateNoteWritten, candidateNoteEdited, candidateNoteRemoved] as const;

export type Note = Static<typeof note>;
