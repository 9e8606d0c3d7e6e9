import { describe, expect, it } from '@jest/globals';
import { mailboxOf } from './mailbox.js';

describe('The mailbox of an address', () => {
  it.each([
    ['ada@example.org', 'ada+news@example.org'],
    ['ada@example.org', 'ada+a+b@example.org.'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@example.org', 'ada@example。org。'],
    ['ada.lovelace@gmail.com', 'adalovelace@gmail.com'],
    ['ada@gmail.com', 'a.d.a+fair@googlemail.com.'],
    ['+@example.org', '+@example.org.'],
  ])('is one for %s and %s', (one, other) => {
    expect(mailboxOf(other)).toBe(mailboxOf(one));
  });

  it.each([
    ['ada.lovelace@example.org', 'adalovelace@example.org'],
    ['ada@example.org', 'bob@example.org'],
    ['ada@example.org', 'ada@example.com'],
    ['+1@example.org', '+2@example.org'],
    ['ada@gmail.com', 'ada@gmail.example'],
  ])('is not one for %s and %s', (one, other) => {
    expect(mailboxOf(other)).not.toBe(mailboxOf(one));
  });
});
