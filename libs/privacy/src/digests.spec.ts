import { describe, expect, it } from '@jest/globals';
import { isUuid } from '#libs/kernel';
import { createHmac } from 'node:crypto';
import { Digests } from './digests.js';

const digests = (fill: number): Digests =>
  new Digests({ masterKey: Buffer.alloc(32), indexKey: Buffer.alloc(32, fill) });

describe('Keyed digests', () => {
  it('are the same for the same purpose and parts, and different otherwise', () => {
    const d = digests(1);
    expect(d.digest('contact', 'email', 'a@b.c')).toBe(d.digest('contact', 'email', 'a@b.c'));
    expect(d.digest('contact', 'email', 'a@b.c')).not.toBe(d.digest('fact', 'email', 'a@b.c'));
    expect(d.digest('contact', 'ab', 'c')).not.toBe(d.digest('contact', 'a', 'bc'));
  });

  it('stay what is in logs and tables already: 192 bits of an HMAC-SHA-256 over lengths and parts', () => {
    const hmac = createHmac('sha256', Buffer.alloc(32, 1)).update('7:contact5:email6:ä@b.c').digest();
    expect(digests(1).digest('contact', 'email', 'ä@b.c')).toBe(hmac.subarray(0, 24).toString('base64url'));
  });

  it('depend on the key', () => {
    expect(digests(1).digest('contact', 'email', 'a@b.c')).not.toBe(digests(2).digest('contact', 'email', 'a@b.c'));
  });

  it('make valid ids', () => {
    expect(isUuid(digests(1).idFrom('candidate', 'caller', 'key'))).toBe(true);
  });
});
