import { err, ok, refusal, sameJson, type Decision, type Refusal } from '#libs/kernel';
import type { KnownCandidate } from '../candidate/candidate.js';
import type { CandidateEvent, Position, Studies } from '../events/index.js';

/** What may be decided about where somebody worked and learned: each the whole list. */
export type BackgroundChange =
  | { readonly kind: 'change-work-history'; readonly positions: readonly Position[] }
  | { readonly kind: 'change-education'; readonly education: readonly Studies[] };

interface Period {
  readonly from?: string;
  readonly until?: string;
}

/** As far as both are known: 2019 doesn't end before 2019-04 begins. */
const endsTooEarly = ({ from = '', until = '' }: Period): boolean => {
  const known = Math.min(from.length, until.length);
  return until.slice(0, known) < from.slice(0, known);
};

const endsBeforeItBegins = (list: string, at: number): Refusal =>
  refusal('invalid', 'ends-before-it-begins', 'What is over began before it ended.', `/${list}/${at}/until`);

/** One event where the list becomes another. */
export const decideBackground = (change: BackgroundChange, state: KnownCandidate): Decision<CandidateEvent> => {
  if (change.kind === 'change-work-history') {
    const wrong = change.positions.findIndex(endsTooEarly);
    if (wrong >= 0) return err(endsBeforeItBegins('positions', wrong));
    if (sameJson(change.positions, state.workHistory)) return ok([]);
    return ok([{ type: 'candidate.work-history-changed', data: { positions: [...change.positions] } }]);
  }
  const wrong = change.education.findIndex(endsTooEarly);
  if (wrong >= 0) return err(endsBeforeItBegins('education', wrong));
  if (sameJson(change.education, state.education)) return ok([]);
  return ok([{ type: 'candidate.education-changed', data: { education: [...change.education] } }]);
};
