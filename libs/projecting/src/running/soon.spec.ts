import { describe, expect, it, jest } from '@jest/globals';
import { soon } from './soon.js';

describe('What a page asks of a server', () => {
  it('is there if the server answers', async () => {
    expect(await soon(Promise.resolve(3))).toBe(3);
  });

  it('is left out if the server refuses', async () => {
    expect(await soon(Promise.reject(new Error('refused')))).toBeUndefined();
  });

  it('is left out if the server says nothing for a second', async () => {
    jest.useFakeTimers();
    try {
      const asked = soon(new Promise(() => undefined));
      await jest.advanceTimersByTimeAsync(1_000);
      expect(await asked).toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });
});
