import { FixedClock, newId } from '#libs/kernel';
import { Digests } from '#libs/privacy';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { confirmationToken, readConfirmationToken } from './confirmation-tokens.js';
import { FormTickets } from './form-tickets.js';

const digests = new Digests({ masterKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 2) });
const others = new Digests({ masterKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 3) });
const NOW = new Date('2026-03-01T12:00:00Z');

describe('The token of a link', () => {
  it('says which submission it is about and how long, in letters that every address takes', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(2 ** 31), (signUpId, seconds) => {
        const expiresAt = new Date(seconds * 1_000);
        const token = confirmationToken(digests, { signUpId, expiresAt });
        expect(token).toMatch(/^[\w-]{59}$/);
        expect(readConfirmationToken(digests, token)).toEqual({ signUpId, expiresAt });
      }),
    );
  });

  it('is nothing once any of it is changed, left out or added, or where another key made it', () => {
    const token = confirmationToken(digests, { signUpId: newId(), expiresAt: NOW });
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('', 'A', 'B', '-', 'é', '\0'), (at, put) => {
        const changed = token.slice(0, at) + put + token.slice(at + 1);
        if (changed !== token) expect(readConfirmationToken(digests, changed)).toBeUndefined();
      }),
    );
    for (const wrong of [`${token}A`, '', 'x', token + token])
      expect(readConfirmationToken(digests, wrong)).toBeUndefined();
    expect(readConfirmationToken(others, token)).toBeUndefined();
  });
});

describe('The ticket of a form', () => {
  it('tells who was there long enough, and not too long', () => {
    const clock = new FixedClock(NOW);
    const tickets = new FormTickets(digests, clock, 2_000);
    const ticket = tickets.issue();
    expect(tickets.judge(ticket)).toBe('too-fast');
    clock.advance(2_000);
    expect(tickets.judge(ticket)).toBe('fine');
    clock.advance(24 * 3_600_000);
    expect(tickets.judge(ticket)).toBe('too-old');
    expect(tickets.issue()).not.toBe(tickets.issue());
  });

  it('is forged where it was made for anything else', () => {
    const tickets = new FormTickets(digests, new FixedClock(NOW), 0);
    const token = confirmationToken(digests, { signUpId: newId(), expiresAt: NOW });
    for (const wrong of [token, '', 'x'.repeat(52), `A${tickets.issue()}`]) expect(tickets.judge(wrong)).toBe('forged');
  });
});
