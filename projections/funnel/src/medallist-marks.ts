import type { CandidateEvent } from '#libs/candidates';
import { titleWords } from '#libs/criteria';
import { subjectOf, type StoredEvent } from '#libs/kernel';
import { row, type Handler } from '#libs/projecting';
import { medallistMarks } from './tables.js';

type MarkEvent = Extract<
  CandidateEvent,
  { type: 'candidate.silver-medallist-marked' | 'candidate.silver-medallist-unmarked' }
>;

/** What was said last holds; of the same time, what was recorded later. */
export const medallistMark: Handler = {
  needs: (event) => [row(medallistMarks, { candidate_id: subjectOf(event) })],
  apply: (event, rows) => {
    const said = event as StoredEvent & MarkEvent;
    const before = rows.get(medallistMarks, { candidate_id: subjectOf(event) });
    if (before && before.said_at > event.occurredAt) return;
    const mark = said.type === 'candidate.silver-medallist-marked' ? said.data : undefined;
    rows.put(medallistMarks, {
      candidate_id: subjectOf(event),
      said_at: event.occurredAt,
      marked: mark !== undefined,
      requisition_id: mark?.requisitionId ?? null,
      role: mark?.role ?? null,
      role_words: titleWords(mark?.role ?? ''),
    });
  },
};
