import { describe, expect, it } from '@jest/globals';
import { isUuid } from '#libs/kernel';
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

  it('depend on the key', () => {
    expect(digests(1).digest('contact', 'email', 'a@b.c')).not.toBe(digests(2).digest('contact', 'email', 'a@b.c'));
  });

  it('make valid ids', () => {
    expect(isUuid(digests(1).idFrom('candidate', 'caller', 'key'))).toBe(true);
  });
});
