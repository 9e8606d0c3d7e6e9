import { describe, expect, it } from '@jest/globals';
import { confirmationEmail, type ConfirmationContent } from './confirmation-email.js';
import { languageOf, languages } from './language.js';

const content: ConfirmationContent = {
  formName: 'Fair & <square>',
  language: 'en-GB',
  wording: 'You may write to me.\nTwice.',
  topics: ['backend', '<b>data</b>'],
  privacyUrl: 'https://careers.example/privacy?a=1&b=2',
  link: 'https://talent.example/sign-up/confirmations/token',
};
const sender = { from: 'careers@example.com', postalAddress: 'Example Ltd\n1 High Street' };

describe('The message that asks for a confirmation', () => {
  it('has the link, what is agreed to, how to do nothing, and whom it is from, as text and as HTML', () => {
    const { subject, text, html } = confirmationEmail(content, sender);
    expect(subject).toBe('Please confirm: Fair & <square>');
    for (const part of [content.link, 'Twice.', 'after 7 days', '1 High Street']) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(html).toContain('Fair &amp; &lt;square&gt;');
    expect(html).not.toMatch(/<b>|<square>|<img|<script|src=/);
  });

  it('says the name of the form as it is, whatever signs are in it', () => {
    const formName = "Earn $$ in {days}, $& and $'";
    expect(confirmationEmail({ ...content, formName }, sender).subject).toBe(`Please confirm: ${formName}`);
  });

  it('is in the language of the form, or in English', () => {
    const subjects = languages.map((language) => confirmationEmail({ ...content, language }, sender).subject);
    expect(new Set(subjects).size).toBe(languages.length);
    expect([languageOf('de-AT'), languageOf('FR'), languageOf('tlh'), languageOf('')]).toEqual([
      'de',
      'fr',
      'en',
      'en',
    ]);
  });

  it.each(languages)('leaves no blank to fill in, in %s', (language) => {
    const { subject, text, html } = confirmationEmail({ ...content, language, topics: [] }, sender);
    expect(subject + text + html).not.toMatch(/[{}]/);
  });
});
