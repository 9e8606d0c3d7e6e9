import { describe, it } from '@jest/globals';
import { given } from '#libs/testing';
import { candidateDecider, type CandidateCommand } from '../candidate/candidate-decider.js';
import type { CandidateEvent, Position, Studies } from '../events/index.js';

const added: CandidateEvent = {
  type: 'candidate.added',
  data: { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] },
};
const worked = (...positions: Position[]): CandidateCommand => ({
  kind: 'change-relationship',
  change: { kind: 'change-work-history', positions },
});
const learned = (...education: Studies[]): CandidateCommand => ({
  kind: 'change-relationship',
  change: { kind: 'change-education', education },
});
const engines: Position = { employer: 'Analytical Engines', title: 'Programmer', from: '1842-05', until: '1843' };
const looms: Position = { employer: 'Jacquard & Co', title: 'Weaver' };
const maths: Studies = { institution: 'Home', field: 'Mathematics', from: '1829' };

describe('Where somebody worked and learned', () => {
  it('is told as a whole, and changes only if the list does', () => {
    const told: CandidateEvent = { type: 'candidate.work-history-changed', data: { positions: [engines, looms] } };
    given(candidateDecider, [added]).when(worked(engines, looms)).thenGives([told]);
    given(candidateDecider, [added, told]).when(worked(engines, looms)).thenGives([]);
    given(candidateDecider, [added, told])
      .when(worked(looms))
      .thenGives([{ type: 'candidate.work-history-changed', data: { positions: [looms] } }]);
    const studied: CandidateEvent = { type: 'candidate.education-changed', data: { education: [maths] } };
    given(candidateDecider, [added]).when(learned(maths)).thenGives([studied]);
    given(candidateDecider, [added, studied]).when(learned(maths)).thenGives([]);
    given(candidateDecider, [added]).when(learned()).thenGives([]);
  });

  it('is told with dates as far as they are known, which may not contradict each other', () => {
    const from = (start: string, until: string): CandidateCommand => worked({ ...looms, from: start, until });
    const takes = (start: string, until: string): CandidateEvent[] => [
      { type: 'candidate.work-history-changed', data: { positions: [{ ...looms, from: start, until }] } },
    ];
    given(candidateDecider, [added]).when(from('2019-04', '2019')).thenGives(takes('2019-04', '2019'));
    given(candidateDecider, [added])
      .when(from('2019-04-30', '2019-04-30'))
      .thenGives(takes('2019-04-30', '2019-04-30'));
    given(candidateDecider, [added]).when(from('2019-04', '2018')).thenRefused('ends-before-it-begins');
    given(candidateDecider, [added]).when(from('2019-04-30', '2019-03')).thenRefused('ends-before-it-begins');
    given(candidateDecider, [added])
      .when(learned(maths, { ...maths, until: '1828' }))
      .thenRefused('ends-before-it-begins');
  });

  it('is of somebody who is known', () => {
    given(candidateDecider, []).when(worked()).thenRefused('candidate-unknown');
  });
});
