import { describe, it } from '@jest/globals';
import { given } from '#libs/testing';
import type { SignUpConfirmed, SignUpEvent } from '../events/sign-up-events.js';
import { signUpDecider } from './sign-up-decider.js';

const confirmed: SignUpConfirmed = {
  formId: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4',
  candidateId: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
  email: 'ada@example.org',
  topics: [],
  consents: [{ purpose: 'newsletter', channel: 'email' }],
  textVersion: '1',
  language: 'en',
  source: { kind: 'event', name: 'Spring fair' },
  submittedAt: '2026-03-01T09:30:00.000Z',
};
const event: SignUpEvent = { type: 'sign-up.confirmed', data: confirmed };

describe('A submission', () => {
  it('is confirmed once, for whom it was confirmed first', () => {
    given(signUpDecider, []).when({ confirmed }).thenGives([event]);
    const another = { ...confirmed, candidateId: '0b8d2f6e-92c1-4f44-8f0e-0d7b6a9c3e21' };
    given(signUpDecider, [event]).when({ confirmed: another }).thenGives([]);
  });
});
