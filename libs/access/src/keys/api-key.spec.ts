import { describe, expect, it } from '@jest/globals';
import { formatApiKey, hashSecret, matchesHash, newApiKey, parseApiKey } from './api-key.js';

describe('an API key', () => {
  it('has its parts back from its text', () => {
    const key = newApiKey();
    expect(parseApiKey(formatApiKey(key))).toEqual(key);
    expect(Buffer.from(key.secret, 'base64url')).toHaveLength(32);
  });

  it.each(['', 'rk_', 'Bearer x', 'rk_0123456789abcdef_short', `RK_0123456789abcdef_${'a'.repeat(43)}`])(
    'is not "%s"',
    (text) => {
      expect(parseApiKey(text)).toBeUndefined();
    },
  );

  it('matches only the hash of its own secret', () => {
    const { secret } = newApiKey();
    expect(matchesHash(secret, hashSecret(secret))).toBe(true);
    expect(matchesHash(secret, hashSecret(`${secret}x`))).toBe(false);
    expect(matchesHash(secret, Buffer.alloc(0))).toBe(false);
  });
});
