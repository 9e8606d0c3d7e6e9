import { describe, it } from '@jest/globals';
import { given } from '#libs/testing';
import { candidateDecider, type CandidateCommand } from '../candidate/candidate-decider.js';
import type { CandidateEvent } from '../events/index.js';
import type { MedallistChange } from './medallist-decisions.js';

const added: CandidateEvent = {
  type: 'candidate.added',
  data: { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] },
};
const mark = { role: 'Engineer', requisitionId: 'req-1' };
const marked: CandidateEvent = { type: 'candidate.silver-medallist-marked', data: mark };
const unmarked: CandidateEvent = { type: 'candidate.silver-medallist-unmarked', data: {} };
const change = (wanted: MedallistChange): CandidateCommand => ({ kind: 'change-relationship', change: wanted });

describe('A silver medallist', () => {
  it('is marked each time, also on the same terms', () => {
    const marking = change({ kind: 'mark-silver-medallist', mark });
    given(candidateDecider, [added]).when(marking).thenGives([marked]);
    given(candidateDecider, [added, marked]).when(marking).thenGives([marked]);
    given(candidateDecider, [added, marked, unmarked]).when(marking).thenGives([marked]);
    const other = { ...mark, role: 'Lead' };
    given(candidateDecider, [added, marked])
      .when(change({ kind: 'mark-silver-medallist', mark: other }))
      .thenGives([{ type: 'candidate.silver-medallist-marked', data: other }]);
  });

  it('is unmarked also where only their applications made them one, and again after another', () => {
    const unmarking = change({ kind: 'unmark-silver-medallist' });
    given(candidateDecider, [added]).when(unmarking).thenGives([unmarked]);
    given(candidateDecider, [added, unmarked]).when(unmarking).thenGives([unmarked]);
  });
});
