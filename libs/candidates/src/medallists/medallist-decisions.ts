import { ok, type Decision } from '#libs/kernel';
import type { CandidateEvent, MedallistMark } from '../events/index.js';

/** What may be decided about somebody who was nearly hired. */
export type MedallistChange =
  | { readonly kind: 'mark-silver-medallist'; readonly mark: MedallistMark }
  | { readonly kind: 'unmark-silver-medallist'; readonly note?: string };

export const decideMedallist = (change: MedallistChange): Decision<CandidateEvent> => {
  // Also on the same terms: it may have been taken away since, under an id that they were merged with.
  if (change.kind === 'mark-silver-medallist')
    return ok([{ type: 'candidate.silver-medallist-marked', data: change.mark }]);
  // Also where nobody marked them, and again: it's said of all applications up to now, and those aren't known here.
  const data = change.note === undefined ? {} : { note: change.note };
  return ok([{ type: 'candidate.silver-medallist-unmarked', data }]);
};
