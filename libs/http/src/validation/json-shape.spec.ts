import { describe, expect, it } from '@jest/globals';
import { shapeError } from './json-shape.js';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

describe('the shape of a JSON value', () => {
  it.each([[{ a: [{ b: null }], 'c/d': 1 }], [nested(32)], [[]], ['text'], [null]])('is fine: %j', (value) => {
    expect(shapeError(value)).toBeUndefined();
  });

  it.each([33, 20_000, 200_000])('may not have %d levels', (levels) => {
    expect(shapeError(nested(levels), '/data')).toMatchObject({
      pointer: '/data',
      detail: expect.stringContaining('32 levels'),
    });
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])('may not have a field %s', (name) => {
    const value: unknown = JSON.parse(`{"a/b":[{"${name}":1}]}`);
    expect(shapeError(value)).toEqual({ pointer: `/a~1b/0/${name}`, detail: 'This field is not known.' });
  });
});
