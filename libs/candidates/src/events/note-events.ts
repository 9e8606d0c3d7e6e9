import { closed, firstVersion, narrative, oneOf, opaqueId, uuid } from '#libs/event-fields';
import { Type, type Static } from 'typebox';

export const mentionKinds = ['person', 'team'] as const;

/** Somebody of ours, who should read it. */
const mention = closed({ kind: oneOf(mentionKinds), id: opaqueId() });
const note = closed({
  noteId: uuid(),
  text: narrative(),
  mentions: Type.Array(mention, { maxItems: 50 }),
});

/** What one of us thinks should be known of somebody. */
export const candidateNoteWritten = firstVersion('candidate.note-written', note);
/** The whole of it anew. */
export const candidateNoteEdited = firstVersion('candidate.note-edited', note);
export const candidateNoteRemoved = firstVersion('candidate.note-removed', closed({ noteId: uuid() }));

export const noteEventDefinitions = [candidateNoteWritten, candidateNoteEdited, candidateNoteRemoved] as const;

export type Note = Static<typeof note>;
