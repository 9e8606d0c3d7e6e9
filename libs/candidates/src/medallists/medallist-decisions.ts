import { ok, sameJson, type Decision } from '#libs/kernel';
import type { KnownCandidate } from '../candidate/candidate.js';
import type { CandidateEvent, MedallistMark } from '../events/index.js';

/** What may be decided about somebody who was nearly hired. */
export type MedallistChange =
  | { readonly kind: 'mark-silver-medallist'; readonly mark: MedallistMark }
  | { readonly kind: 'unmark-silver-medallist'; readonly note?: string };

export const decideMedallist = (change: MedallistChange, state: KnownCandidate): Decision<CandidateEvent> => {
  if (change.kind === 'mark-silver-medallist') {
    if (state.medallistMark && sameJson(state.medallistMark, change.mark)) return ok([]);
    return ok([{ type: 'candidate.silver-medallist-marked', data: change.mark }]);
  }
  // Also where nobody marked them, and again: it's said of all applications up to now, and those aren't known here.
  const data = change.note === undefined ? {} : { note: change.note };
  return ok([{ type: 'candidate.silver-medallist-unmarked', data }]);
};
