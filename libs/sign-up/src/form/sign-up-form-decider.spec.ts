import { describe, it } from '@jest/globals';
import { given } from '#libs/testing';
import type { SignUpFormDefined, SignUpFormEvent } from '../events/sign-up-form-events.js';
import { signUpFormDecider } from './sign-up-form-decider.js';

const form: SignUpFormDefined = {
  name: 'Spring fair',
  source: { kind: 'event', name: 'Spring fair 2026' },
  origins: ['https://careers.example'],
  topics: ['backend'],
  consents: [{ purpose: 'newsletter', channel: 'email' }],
  consentText: { version: '1', language: 'en', wording: 'You may write to me.' },
  privacyUrl: 'https://careers.example/privacy',
  redirectUrl: 'https://careers.example/thanks',
  open: true,
};
const defined: SignUpFormEvent = { type: 'sign-up-form.defined', data: form };
const changed = (data: Extract<SignUpFormEvent, { type: 'sign-up-form.changed' }>['data']): SignUpFormEvent => ({
  type: 'sign-up-form.changed',
  data,
});
const secondText = { version: '2', language: 'en', wording: 'You may write to me twice.' };

describe('A sign-up form', () => {
  it('is defined once, and changed only once it was', () => {
    given(signUpFormDecider, []).when({ kind: 'define', form }).thenGives([defined]);
    given(signUpFormDecider, [defined]).when({ kind: 'define', form }).thenRefused('form-exists');
    given(signUpFormDecider, [])
      .when({ kind: 'change', changes: { open: false } })
      .thenRefused('form-unknown');
  });

  it('records of a change only what is different', () => {
    given(signUpFormDecider, [defined])
      .when({ kind: 'change', changes: { name: form.name, topics: ['data'], redirectUrl: null } })
      .thenGives([changed({ topics: ['data'], redirectUrl: null })]);
    given(signUpFormDecider, [defined, changed({ redirectUrl: null })])
      .when({ kind: 'change', changes: { redirectUrl: null, consents: form.consents } })
      .thenGives([]);
  });

  it('keeps a version of its text for that text, also after others', () => {
    given(signUpFormDecider, [defined])
      .when({ kind: 'change', changes: { consentText: { ...secondText, version: '1' } } })
      .thenRefused('text-without-version');
    const history = [defined, changed({ consentText: secondText })];
    given(signUpFormDecider, history)
      .when({ kind: 'change', changes: { consentText: { ...form.consentText, wording: 'Something else.' } } })
      .thenRefused('text-without-version');
    given(signUpFormDecider, history)
      .when({ kind: 'change', changes: { consentText: form.consentText } })
      .thenGives([changed({ consentText: form.consentText })]);
  });
});
