import { describe, expect, it } from '@jest/globals';
import { TagVocabulary } from './tag-vocabulary.js';

describe('Tags', () => {
  it('are told apart: the controlled list, however it is written, and what somebody typed', () => {
    expect(new TagVocabulary().split(['Silver Medallist', 'alumni', 'alumni', ' knows Charles ', ''])).toEqual({
      tags: ['silver-medallist', 'alumni'],
      freeTags: ['knows Charles'],
    });
    expect(new TagVocabulary().split(['REMOTE_only', 'silver  medallist', 'Knows Charles', 'knows Charles'])).toEqual({
      tags: ['remote-only', 'silver-medallist'],
      freeTags: ['Knows Charles', 'knows Charles'],
    });
  });

  it('are controlled by the list that the business names', () => {
    expect(new TagVocabulary(['likes-tea']).split(['Likes tea', 'alumni'])).toEqual({
      tags: ['likes-tea'],
      freeTags: ['alumni'],
    });
  });

  it('are taken away under either name, since the list may have been another', () => {
    expect(new TagVocabulary([]).eitherWay([' Silver Medallist ', 'silver-medallist'])).toEqual({
      tags: ['silver-medallist'],
      freeTags: ['Silver Medallist', 'silver-medallist'],
    });
  });

  it.each(['Not Kebab', 'trailing-', '', 'a'.repeat(61)])('of the controlled list are not "%s"', (tag) => {
    expect(() => new TagVocabulary([tag])).toThrow('kebab-case');
  });
});
