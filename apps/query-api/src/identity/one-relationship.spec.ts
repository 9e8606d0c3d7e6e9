import type { Relationship } from '#projections/relationship';
import { describe, expect, it } from '@jest/globals';
import { oneRelationship } from './one-relationship.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const nothing: Relationship = {
  at: day(31),
  permissions: [],
  owners: [],
  availability: null,
  languages: [],
  workHistory: [],
  education: [],
  attachments: [],
  silverMedallist: null,
};
const by = { kind: 'user', id: 'user-9' } as const;
const owned = (...owners: readonly [number, string | null][]): Relationship => ({
  ...nothing,
  owners: owners.map(([n, owner]) => ({ statement: { owner }, at: day(n), by })),
});
const speaking = (...languages: Relationship['languages']): Relationship => ({ ...nothing, languages });
const ownersOf = (...each: [Relationship, ...Relationship[]]) =>
  oneRelationship(each).owners.map(({ statement }) => statement.owner);

describe('A person with several ids', () => {
  it('is owned by whom the id that they go by says, also where another one was handed over later', () => {
    const survivor = owned([2, 'ada'], [4, 'bob']);
    expect(ownersOf(survivor, owned([1, 'carl'], [9, 'dora']), owned([3, 'eve']))).toEqual([
      'carl',
      'eve',
      'dora',
      'ada',
      'bob',
    ]);
  });

  it('is owned by whom the next id says, where that one has no owner or none any more', () => {
    const abandoned = owned([2, 'ada'], [9, null]);
    expect(ownersOf(abandoned, nothing, owned([3, 'eve']), owned([5, 'carl']))).toEqual(['ada', 'carl', null, 'eve']);
    expect(ownersOf(owned([2, 'ada'], [4, null]), owned([3, 'eve'], [9, null]))).toEqual(['ada', 'eve', null, null]);
  });

  it('worked and learned where each id says, and has the documents of each, the same ones once', () => {
    const acme = { employer: 'Acme', title: 'Baker', start: '2019-04', description: 'Bread' };
    const later = { employer: 'Acme', title: 'Baker', start: '2021' };
    const study = { institution: 'MIT', degree: 'MSc' };
    const resume = {
      kind: 'resume',
      reference: 's3://cv',
      mediaType: 'application/pdf',
      size: 9,
      sha256: 'ab',
    } as const;
    const told = (workHistory: Relationship['workHistory']): Relationship => ({
      ...nothing,
      workHistory,
      education: [study],
      attachments: [resume],
    });
    const { description, ...rest } = acme;
    const { workHistory, education, attachments } = oneRelationship([
      told([acme]),
      told([later, { description, ...rest }]),
    ]);
    expect({ workHistory, education, attachments }).toEqual({
      workHistory: [acme, later],
      education: [study],
      attachments: [resume],
    });
  });

  it('speaks the languages under all ids, each as the first one says it', () => {
    const { languages } = oneRelationship([
      speaking({ code: 'en', level: 'C1' }),
      speaking({ code: 'de' }, { code: 'en', level: 'A2' }),
    ]);
    expect(languages).toEqual([{ code: 'en', level: 'C1' }, { code: 'de' }]);
  });
});
