import { describe, expect, it } from '@jest/globals';
import { isAboutTheMessage } from './smtp-mailer.js';

const refused = (response: string, more: { code?: string; command?: string } = {}): boolean =>
  isAboutTheMessage({
    code: 'EENVELOPE',
    command: 'RCPT TO',
    responseCode: Number(response.slice(0, 3)),
    response,
    ...more,
  });

describe('A refusal by an SMTP server', () => {
  it('is for good where it is about the recipient or the content', () => {
    expect(refused('550 5.1.1 <ada@example.org>: user unknown')).toBe(true);
    expect(refused('552 5.2.2 mailbox full')).toBe(true);
    expect(refused('554 5.6.0 message is broken', { code: 'EMESSAGE', command: 'DATA' })).toBe(true);
  });

  it.each([
    ['550 sender not allowed', 'MAIL FROM'],
    ['530 5.7.0 Must issue a STARTTLS command first', 'RCPT TO'],
    ['535 Authentication failed', 'RCPT TO'],
    ['554 5.7.1 relay access denied', 'RCPT TO'],
    ['550-5.1.8 sender address rejected', 'RCPT TO'],
    ['450 4.2.0 greylisted', 'RCPT TO'],
  ])('leaves the message for later where it is about us, or passes: %s', (response, command) => {
    expect(refused(response, { command })).toBe(false);
  });

  it('leaves the message for later where there is no answer', () => {
    expect(isAboutTheMessage({ code: 'ECONNECTION' })).toBe(false);
  });
});
