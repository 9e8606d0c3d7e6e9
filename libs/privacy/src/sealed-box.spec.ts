import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { BrokenBoxError, openBox, sealBox } from './sealed-box.js';

const key = randomBytes(32);
const plaintext = Buffer.from('ada@example.org');

describe('A sealed box', () => {
  it('opens with its key in its context', () => {
    expect(openBox(key, 'a/b/c', sealBox(key, 'a/b/c', plaintext))).toEqual(plaintext);
  });

  it('does not open in another context, so that it cannot be moved to another event', () => {
    expect(() => openBox(key, 'a/b/d', sealBox(key, 'a/b/c', plaintext))).toThrow(BrokenBoxError);
  });

  it('does not open with another key', () => {
    expect(() => openBox(randomBytes(32), 'x', sealBox(key, 'x', plaintext))).toThrow(BrokenBoxError);
  });

  it('does not open once any byte is changed', () => {
    const box = sealBox(key, 'x', plaintext);
    for (let i = 0; i < box.length; i++) {
      const changed = Buffer.from(box);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => openBox(key, 'x', changed)).toThrow(BrokenBoxError);
    }
  });

  it('is another one each time, though the content is the same', () => {
    expect(sealBox(key, 'x', plaintext).equals(sealBox(key, 'x', plaintext))).toBe(false);
  });
});
