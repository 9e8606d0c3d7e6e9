import { describe, it } from '@jest/globals';
import { given } from '#libs/testing';
import { candidateDecider, type CandidateCommand } from '../candidate/candidate-decider.js';
import type { CandidateEvent, Note } from '../events/index.js';
import type { NoteChange } from './note-decisions.js';

const added: CandidateEvent = {
  type: 'candidate.added',
  data: { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] },
};
const id = (n: number): string => `7f8b2c9e-1d2a-4c3b-8a4d-${String(n).padStart(12, '0')}`;
const note: Note = { noteId: id(1), text: 'Wants to lead.', mentions: [{ kind: 'team', id: 'emea' }] };
const written: CandidateEvent = { type: 'candidate.note-written', data: note };
const removed: CandidateEvent = { type: 'candidate.note-removed', data: { noteId: id(1) } };
const change = (wanted: NoteChange): CandidateCommand => ({ kind: 'change-relationship', change: wanted });

describe('A note', () => {
  it('is written once under its id', () => {
    given(candidateDecider, [added])
      .when(change({ kind: 'write-note', note }))
      .thenGives([written]);
    given(candidateDecider, [added, written])
      .when(change({ kind: 'write-note', note }))
      .thenRefused('note-exists');
  });

  it('is edited where it becomes another, and only while it is there', () => {
    const later = { ...note, text: 'Leads by now.' };
    const edited: CandidateEvent = { type: 'candidate.note-edited', data: later };
    const edit = change({ kind: 'edit-note', note: later });
    given(candidateDecider, [added, written]).when(edit).thenGives([edited]);
    given(candidateDecider, [added, written, edited]).when(edit).thenGives([]);
    given(candidateDecider, [added]).when(edit).thenRefused('note-unknown');
    given(candidateDecider, [added, written, removed]).when(edit).thenRefused('note-unknown');
  });

  it('is removed once', () => {
    const remove = change({ kind: 'remove-note', noteId: id(1) });
    given(candidateDecider, [added, written]).when(remove).thenGives([removed]);
    given(candidateDecider, [added, written, removed]).when(remove).thenRefused('note-unknown');
  });

  it('is one of a thousand at most', () => {
    const many = Array.from({ length: 1_000 }, (_, n): CandidateEvent => ({
      type: 'candidate.note-written',
      data: { ...note, noteId: id(n) },
    }));
    const another = change({ kind: 'write-note', note: { ...note, noteId: id(1_000) } });
    given(candidateDecider, [added, ...many])
      .when(another)
      .thenRefused('too-many-notes');
    given(candidateDecider, [added, ...many, removed])
      .when(another)
      .thenGives([{ type: 'candidate.note-written', data: { ...note, noteId: id(1_000) } }]);
  });
});
