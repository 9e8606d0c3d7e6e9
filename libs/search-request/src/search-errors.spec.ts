import { describe, expect, it } from '@jest/globals';
import type { AskedSearch } from './asked-search.dto.js';
import { searchErrors } from './search-errors.js';

describe('A search', () => {
  it.each<[string, AskedSearch, string]>([
    ['a role without a letter', { interest: { role: '--' } }, '/interest/role: must have a letter or a digit'],
    ['thirteen words', { text: 'a b c d e f g, h i j k l m' }, '/text: must not have more than 12 words'],
  ])('is refused for %s, and read where it was stored', (_, asked, expected) => {
    expect(searchErrors(asked).map(({ pointer, detail }) => `${pointer}: ${detail}`)).toEqual([expected]);
    expect(searchErrors(asked, 'store')).toEqual([]);
  });

  it('may have twelve words', () => {
    expect(searchErrors({ text: 'a b c d e f, g h i j k l' })).toEqual([]);
  });
});
