import { describe, expect, it } from '@jest/globals';
import { invalidRequest } from './problem.js';

describe('A request that is wrong', () => {
  it('is told fifty places, however many there are', () => {
    const everywhere = Array.from({ length: 100_000 }, (_, n) => ({ pointer: `/${n}`, detail: 'must be a word' }));
    expect(invalidRequest(everywhere).toProblem().errors).toEqual(everywhere.slice(0, 50));
  });
});
