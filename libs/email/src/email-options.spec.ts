import { describe, expect, it } from '@jest/globals';
import { domainOf, readEmailOptions } from './email-options.js';

const smtp = {
  SMTP_URL: 'smtps://user:secret@mail.example:465',
  RAPPORT_EMAIL_FROM: 'Example Careers <careers@example.com>',
  RAPPORT_EMAIL_POSTAL_ADDRESS: 'Example Ltd, 1 High Street, Exampletown',
};

describe('How messages leave', () => {
  it('is by SMTP, into a folder, or not at all', () => {
    expect(readEmailOptions(smtp)).toMatchObject({ kind: 'smtp', url: smtp.SMTP_URL });
    expect(readEmailOptions({ RAPPORT_EMAIL_FOLDER: '/tmp/outbox', SMTP_URL: '' })).toMatchObject({ kind: 'folder' });
    expect(readEmailOptions({})).toBeUndefined();
    expect(domainOf({ from: smtp.RAPPORT_EMAIL_FROM, postalAddress: '' })).toBe('example.com');
  });

  it.each([
    ['SMTP_URL', 'mail.example'],
    ['SMTP_URL', 'smtp://'],
    ['RAPPORT_EMAIL_FROM', 'Example Careers'],
    ['RAPPORT_EMAIL_FROM', 'a@example.com, b@example.com'],
    ['RAPPORT_EMAIL_POSTAL_ADDRESS', ' '],
    ['RAPPORT_EMAIL_FOLDER', '/tmp/outbox'],
  ])('is refused with a wrong %s, without a word of a password', (name, value) => {
    const read = () => readEmailOptions({ ...smtp, [name]: value });
    expect(read).toThrow(name);
    expect(read).not.toThrow('secret');
  });
});
