import { ERASED } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { unknownPerson } from '../profile.js';
import type { TalentCriteria } from './criteria.js';
import { highlightsOf } from './highlights.js';
import { toPerson, type TalentRow } from './person.js';

const person = toPerson({
  ...unknownPerson('7a0c5d0e-0000-4000-8000-000000000000', new Date(0)),
  name: 'José Núñez',
  title: 'Senior Software Engineers, Payments',
  city: 'São Paulo',
  skills: [{ name: 'Node.js', years: 3 }],
  tags: [ERASED],
  last_human_contact_at: null,
  last_interaction_at: null,
} as unknown as TalentRow);

const marked = (criteria: TalentCriteria): string[] =>
  highlightsOf(person, criteria).flatMap(({ field, value, ranges }) =>
    ranges.map(([from, to]) => `${field}: ${value.slice(from, to)}`),
  );

describe('Highlights', () => {
  it.each<[string, TalentCriteria, string[]]>([
    ['typing errors', { text: 'sofware enginer' }, ['title: Software', 'title: Engineers']],
    ['no accents', { text: 'nunez sao' }, ['name: Núñez', 'city: São']],
    ['words with signs', { text: 'node.js' }, ['skills: Node.js']],
    ['words of a title, in the singular', { title: 'payment engineer' }, ['title: Engineers', 'title: Payments']],
    ['nothing that anybody looked for', { tags: { all: ['x'] } }, []],
    ['what was erased', { text: 'erased' }, []],
  ])('mark words for %s', (_, criteria, expected) => {
    expect(marked(criteria)).toEqual(expected);
  });
});
