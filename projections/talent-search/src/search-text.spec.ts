import { ERASED } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { searchText } from './search-text.js';

describe('Text for searching', () => {
  it('leaves out what is unknown or erased', () => {
    expect(searchText(['Ada', null, ERASED, 'Austin'])).toBe('ada austin');
  });
});
