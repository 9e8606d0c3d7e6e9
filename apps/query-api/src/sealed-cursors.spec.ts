import { describe, expect, it } from '@jest/globals';
import { SealedCursors } from './sealed-cursors.js';

const cursorsUnder = (byte: number): SealedCursors =>
  new SealedCursors({ masterKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, byte) });

const refusalOf = (open: () => unknown): unknown => {
  try {
    return open();
  } catch (error) {
    return error;
  }
};

describe('A sealed cursor', () => {
  const cursors = cursorsUnder(7);

  it('says nothing, and is the cursor again for any process with the same key', () => {
    const sealed = cursors.seal('ada lovelace', 'pool-1') ?? '';
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('ada');
    expect(cursorsUnder(7).open(sealed, 'pool-1')).toBe('ada lovelace');
    expect([cursors.seal(null, 'pool-1'), cursors.open(undefined, 'pool-1')]).toEqual([null, undefined]);
  });

  it('is a bad cursor of another list, under another key, changed or made up', () => {
    const sealed = cursors.seal('ada lovelace', 'pool-1') ?? '';
    const changed = `${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}`;
    for (const open of [
      () => cursors.open(sealed, 'pool-2'),
      () => cursorsUnder(8).open(sealed, 'pool-1'),
      () => cursors.open(changed, 'pool-1'),
      () => cursors.open('nonsense', 'pool-1'),
      () => cursors.open('', 'pool-1'),
    ])
      expect(refusalOf(open)).toMatchObject({ status: 400, code: 'bad-cursor' });
  });
});
