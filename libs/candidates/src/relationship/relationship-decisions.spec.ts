import { describe, it } from '@jest/globals';
import { given } from '#libs/testing';
import { candidateDecider, type CandidateCommand } from '../candidate/candidate-decider.js';
import type { CandidateEvent, ConsentGiven, ConsentWithdrawn } from '../events/index.js';
import type { RelationshipChange } from './relationship-decisions.js';

const added: CandidateEvent = {
  type: 'candidate.added',
  data: { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] },
};
const change = (wanted: RelationshipChange): CandidateCommand => ({ kind: 'change-relationship', change: wanted });
const consent: ConsentGiven = { purpose: 'newsletter', channel: 'email', basis: 'consent', evidence: { kind: 'form' } };
const consented: CandidateEvent = { type: 'candidate.consent-given', data: consent };
const withdrawal: ConsentWithdrawn = { channel: 'email', way: 'reply' };
const withdrawn: CandidateEvent = { type: 'candidate.consent-withdrawn', data: withdrawal };

describe('A relationship', () => {
  it('is one with somebody who is known', () => {
    given(candidateDecider, [])
      .when(change({ kind: 'end-snooze' }))
      .thenRefused('candidate-unknown');
  });

  it('has a consent each time that one is given, since what it ends may have been said elsewhere or later', () => {
    const give = (consents: ConsentGiven[]): CandidateCommand => change({ kind: 'give-consent', consents });
    const alerts: ConsentGiven = { ...consent, purpose: 'job-alerts' };
    given(candidateDecider, [added])
      .when(give([consent, alerts]))
      .thenGives([consented, { type: 'candidate.consent-given', data: alerts }]);
    given(candidateDecider, [added, consented])
      .when(give([consent]))
      .thenGives([consented]);
    given(candidateDecider, [added, consented, withdrawn])
      .when(give([consent]))
      .thenGives([consented]);
  });

  it('has a withdrawal each time that there is one, also where nothing was given, or the same was said before', () => {
    const withdraw = change({ kind: 'withdraw-consent', withdrawal });
    given(candidateDecider, [added]).when(withdraw).thenGives([withdrawn]);
    given(candidateDecider, [added, consented]).when(withdraw).thenGives([withdrawn]);
    // The first one may have been told as of a time before the consent.
    given(candidateDecider, [added, consented, withdrawn]).when(withdraw).thenGives([withdrawn]);
    given(candidateDecider, [added, withdrawn, consented]).when(withdraw).thenGives([withdrawn]);
    const ofTopic: ConsentWithdrawn = { topic: 'engineering', way: 'reply' };
    const narrower: CandidateEvent = { type: 'candidate.consent-withdrawn', data: ofTopic };
    // A consent about anything includes the topic that was left before.
    given(candidateDecider, [added, narrower, consented])
      .when(change({ kind: 'withdraw-consent', withdrawal: ofTopic }))
      .thenGives([narrower]);
  });

  it('may be closed and opened', () => {
    const set: CandidateEvent = { type: 'candidate.do-not-contact-set', data: { reason: 'asked' } };
    const lifted: CandidateEvent = { type: 'candidate.do-not-contact-lifted', data: {} };
    const setting = change({ kind: 'set-do-not-contact', doNotContact: { reason: 'asked' } });
    given(candidateDecider, [added]).when(setting).thenGives([set]);
    given(candidateDecider, [added, set]).when(setting).thenGives([]);
    given(candidateDecider, [added, set])
      .when(change({ kind: 'lift-do-not-contact' }))
      .thenGives([lifted]);
    given(candidateDecider, [added, set, lifted])
      .when(change({ kind: 'lift-do-not-contact' }))
      .thenGives([]);
  });

  it('may rest until a time that is still to come', () => {
    const snooze = { until: '2026-09-01T00:00:00Z' };
    const snoozed: CandidateEvent = { type: 'candidate.snoozed', data: snooze };
    const before = change({ kind: 'snooze', snooze, at: '2026-08-01T00:00:00Z' });
    given(candidateDecider, [added]).when(before).thenGives([snoozed]);
    given(candidateDecider, [added, snoozed]).when(before).thenGives([]);
    given(candidateDecider, [added])
      .when(change({ kind: 'snooze', snooze, at: '2026-09-01T00:00:00Z' }))
      .thenRefused('snooze-is-past');
    given(candidateDecider, [added, snoozed])
      .when(change({ kind: 'end-snooze' }))
      .thenGives([{ type: 'candidate.snooze-ended', data: {} }]);
    given(candidateDecider, [added])
      .when(change({ kind: 'end-snooze' }))
      .thenGives([]);
  });

  it('is told of availability each time, and of languages where something is different', () => {
    const availability = { status: 'open' as const, noticeDays: 30 };
    const stated: CandidateEvent = { type: 'candidate.availability-stated', data: availability };
    given(candidateDecider, [added])
      .when(change({ kind: 'state-availability', availability }))
      .thenGives([stated]);
    given(candidateDecider, [added, stated])
      .when(change({ kind: 'state-availability', availability }))
      .thenGives([stated]);
    const languages = [{ code: 'en', level: 'C1' as const }];
    const changed: CandidateEvent = { type: 'candidate.languages-changed', data: { languages } };
    given(candidateDecider, [added])
      .when(change({ kind: 'change-languages', languages }))
      .thenGives([changed]);
    given(candidateDecider, [added, changed])
      .when(change({ kind: 'change-languages', languages }))
      .thenGives([]);
  });

  it('has documents that lie elsewhere, and changes only where the list does', () => {
    const attachments = [
      { kind: 'resume' as const, reference: 'box-17', mediaType: 'application/pdf', size: 12, sha256: 'a'.repeat(64) },
    ];
    const changed: CandidateEvent = { type: 'candidate.attachments-changed', data: { attachments } };
    given(candidateDecider, [added])
      .when(change({ kind: 'change-attachments', attachments }))
      .thenGives([changed]);
    given(candidateDecider, [added, changed])
      .when(change({ kind: 'change-attachments', attachments }))
      .thenGives([]);
  });
});
