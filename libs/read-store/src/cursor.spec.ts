import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Type } from 'typebox';
import { cursorInstant, cursorUuid, decodeCursor, encodeCursor } from './cursor.js';

const place = Type.Tuple([Type.String(), Type.Integer()]);
const id = '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a';

describe('A cursor', () => {
  it('names the place that it was made of, and can be part of an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), (text, number) => {
        const cursor = encodeCursor([text, number]);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(place, cursor)).toEqual([text, number]);
      }),
    );
  });

  it.each([null, [], ['a'], ['a', 1, 2], [1, 'a'], ['a', 1.5], { 0: 'a', 1: 1 }, 'a'])(
    'that names %j is of no page that ended with a text and a whole number',
    (other) => {
      expect(decodeCursor(place, encodeCursor(other))).toBeUndefined();
    },
  );

  it('may be anything, which is of no page', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeCursor(place, text)).toBeUndefined();
      }),
    );
  });

  it.each([
    [['2026-01-01T00:00:00.000Z', id], true],
    [['2026-13-01T00:00:00.000Z', id], false],
    [['', id], false],
    [[1, id], false],
    [['2026-01-01T00:00:00.000Z', '-'.repeat(36)], false],
    [['2026-01-01T00:00:00.000Z', null], false],
  ])('that names %j is of a page that ended with an instant and an id: %s', (named, is) => {
    expect(decodeCursor(Type.Tuple([cursorInstant(), cursorUuid()]), encodeCursor(named)) !== undefined).toBe(is);
  });
});
