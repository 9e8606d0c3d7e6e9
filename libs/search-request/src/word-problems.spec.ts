import type { Criteria } from '#libs/criteria';
import { describe, expect, it } from '@jest/globals';
import { searchErrors } from './search-errors.js';
import { wordProblems } from './word-problems.js';

const problems = (criteria: Criteria): string[] =>
  wordProblems(criteria).map(({ pointer, detail }) => `${pointer}: ${detail}`);

describe('Words of criteria', () => {
  it('may be any of their list, however they are written, and anything where there is no list', () => {
    expect(
      problems({
        and: [
          { happened: { kinds: ['email.opened', 'application.hired'] } },
          { happened: {} },
          { consent: { purpose: 'newsletter', channel: 'email' } },
          { attribute: 'availability', is: ['Not looking', 'open'] },
          { attribute: 'band', is: ['Hot', 'dormant'] },
          { attribute: 'source', is: ['Careers Page'] },
          { attribute: 'source', known: false },
          { attribute: 'tags', is: ['anything'] },
        ],
      }),
    ).toEqual([]);
  });

  it.each<[string, Criteria, RegExp]>([
    [
      'a kind that nothing has',
      { not: { happened: { kinds: ['email.opened', 'email.open'] } } },
      /^\/not\/happened\/kinds\/1: must be one of email\.sent, .*application\.withdrawn$/,
    ],
    [
      'a kind that tells nothing of what happened',
      { happened: { kinds: ['candidate.added'] } },
      /^\/happened\/kinds\/0: must be one of email\.sent/,
    ],
    [
      'a purpose',
      { or: [{ consent: { purpose: 'spam', channel: 'email' } }] },
      /^\/or\/0\/consent\/purpose: must be one of talent-pool, /,
    ],
    [
      'a channel',
      { consent: { purpose: 'newsletter', channel: 'E-Mail' } },
      /^\/consent\/channel: must be one of email, phone/,
    ],
    ['a band', { attribute: 'band', is: ['hot', 'tepid'] }, /^\/is\/1: must be one of hot, warm, cold, dormant$/],
    [
      'an availability',
      { not: { attribute: 'availability', is: ['avail'] } },
      /^\/not\/is\/0: must be one of looking, open, not-looking$/,
    ],
    ['a kind of source', { attribute: 'source', is: ['web'] }, /^\/is\/0: must be one of careers-page, /],
  ])('are told of %s that there is not, and where', (_, criteria, expected) => {
    const found = problems(criteria);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it('are refused in a search that is asked for, and read in one that was stored', () => {
    const asked = { where: { not: { attribute: 'band', is: ['tepid'] } } };
    expect(searchErrors(asked)).toEqual([
      { pointer: '/where/not/is/0', detail: 'must be one of hot, warm, cold, dormant' },
    ]);
    expect(searchErrors(asked, 'store')).toEqual([]);
  });
});
