import { channels, purposes } from '#libs/candidates';
import type { KnownForm } from '#libs/sign-up';
import { languages } from '#libs/sign-up-intake';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { errorsOf, requestOf } from './entered-form.js';
import { formPage, nothingEntered } from './form-page.js';
import { sayingPage } from './saying-page.js';
import { pageWords } from './words/index.js';

const consentText = { version: '1', language: 'en', wording: 'You may write to me.' };
const form: KnownForm = {
  kind: 'known',
  name: 'Spring fair',
  source: { kind: 'event', name: 'Spring fair' },
  origins: [],
  topics: ['backend'],
  consents: [{ purpose: 'newsletter', channel: 'email' }],
  consentText,
  texts: [consentText],
  privacyUrl: 'https://careers.example/privacy',
  open: true,
};
const at = { action: '/sign-up/x', ticket: 'ticket' };
/** What makes elements and attributes; the nonce is another each time. */
const markup = (html: string): string => html.replace(/nonce="[^"]*"/, '').replace(/[^<>"]/g, '');

describe('The page of a form', () => {
  it('has browsers tell us, and nobody else, that it was sent from here', () => {
    expect(formPage(form, at).html).toContain('<meta name="referrer" content="same-origin">');
  });

  it('stays the same page whatever somebody enters, or a form says', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"><script>', "' onload='x", '</style>', '&lt;'),
    );
    fc.assert(
      fc.property(texts, texts, texts, (email, name, wording) => {
        const said = { ...form, name: wording, topics: [email || 'x'], consentText: { ...consentText, wording } };
        const shown = formPage(said, at, { ...nothingEntered, email, name, consents: [name] });
        expect(markup(shown.html)).toBe(markup(formPage(form, at).html));
      }),
    );
  });

  it('ticks nothing that nobody ticked, and again what somebody did', () => {
    expect(formPage(form, at).html).not.toContain(' checked');
    const entered = { ...nothingEntered, topics: ['backend', 'cooking'], consents: ['newsletter/email'] };
    expect(formPage(form, at, entered).html.match(/ checked/g)).toHaveLength(2);
  });

  it('says beside its field what is wrong, and above the form what is wrong with all of it', () => {
    const errors = errorsOf([
      { pointer: '/email', detail: '' },
      { pointer: '/consents/0/purpose', detail: '' },
    ]);
    const { html } = formPage(form, at, nothingEntered, errors);
    expect(html.match(/aria-invalid="true" aria-describedby="(email|consents)-wrong"/g)).toHaveLength(2);
    expect(html).toContain('role="alert"');
    expect(errorsOf([{ pointer: '/ticket', detail: '' }])).toEqual({ fields: [], whole: 'other' });
  });

  it('takes what browsers send, and what no browser does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('email', 'name', 'topic', 'consent', 'x'), fc.string())),
        (pairs) => {
          expect(Object.keys(requestOf(new URLSearchParams(pairs)))).toContain('consents');
        },
      ),
    );
  });

  it.each(languages)('has words for everything that a form can ask for, in %s', (language) => {
    const words = pageWords[language];
    expect(Object.keys(words.purposes)).toEqual([...purposes]);
    expect(Object.keys(words.channels)).toEqual([...channels]);
    expect(sayingPage('sent', language).html).toContain(`<html lang="${language}">`);
  });
});
