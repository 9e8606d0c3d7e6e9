import { describe, expect, it } from '@jest/globals';
import { differing, sameJson } from './same-json.js';

describe('Two values', () => {
  it.each([
    [{ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 }, true],
    [{ a: undefined }, {}, true],
    [[1], { 0: 1 }, false],
    [[1, 2], [2, 1], false],
    [null, {}, false],
    ['1', 1, false],
  ])('%j and %j say the same: %s', (a, b, same) => {
    expect([sameJson(a, b), sameJson(b, a)]).toEqual([same, same]);
  });
});

describe('What differs', () => {
  it('is what a change says and what is not so already', () => {
    const known = { name: 'Austin', stages: ['new'], owner: 'team-4' };
    const changes = { name: 'Austin', stages: ['new', 'met'], owner: null, purpose: null, targetSize: undefined };
    expect(differing(changes, known)).toEqual({ stages: ['new', 'met'], owner: null });
  });
});
