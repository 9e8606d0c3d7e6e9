import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FoldedHistory } from '../../../../test/support/folded-history.js';
import { talentSearch } from '../talent-search.projection.js';
import type { TalentCriteria } from './criteria.js';
import { searchTalent, type TalentSearch } from './search-talent.query.js';

const SERVERS_MILLISECONDS = 30_000;
const now = new Date('2026-03-01T12:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 24 * 3_600_000);

describe('Searching people', () => {
  let model: FoldedHistory;
  const search = async (criteria: TalentCriteria, more: Partial<TalentSearch> = {}) => {
    const found = await searchTalent(model.database, { criteria, limit: 200, now, ...more });
    if (!found.ok) throw new Error(found.error);
    return found.value;
  };
  const names = async (criteria: TalentCriteria, more: Partial<TalentSearch> = {}): Promise<(string | null)[]> =>
    (await search(criteria, more)).items.map(({ name }) => name);

  beforeAll(async () => {
    model = await FoldedHistory.of(talentSearch);
    const { told } = model;
    const ada = told.added(daysAgo(400), {
      name: { full: 'Ada Lovelace' },
      title: 'Senior Software Engineer II',
      employer: 'Analytical Engines',
      location: { city: 'Austin', country: 'US' },
      skills: [{ name: 'TypeScript', years: 6 }, { name: 'C++' }],
      interests: ['Platform'],
    });
    told.happened(ada, new Date('2025-09-01T12:00:00Z'), {
      type: 'interest.expressed',
      data: { interest: 'backend', role: 'Backend Engineer' },
    });
    told.happened(ada, new Date('2026-02-01T00:00:00Z'), {
      type: 'interest.expressed',
      data: { interest: 'frontend' },
    });
    told.added(daysAgo(300), {
      name: { full: 'José Núñez' },
      title: 'Sr. Data Engineer',
      location: { city: 'São Paulo', country: 'BR' },
      skills: [{ name: 'typescript', years: 2 }, { name: 'SQL' }],
    });
    told.added(daysAgo(200), { name: { full: 'Katarzyna Wiśniewska' }, title: 'Recruiting Coordinator' });
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it.each<[string, TalentCriteria, string[]]>([
    ['missing letters', { text: 'sofware enginer' }, ['Ada Lovelace']],
    ['a swapped letter', { text: 'Lovelcae' }, ['Ada Lovelace']],
    ['no accents', { text: 'jose nunez' }, ['José Núñez']],
    ["a country's name", { location: { country: 'Brazil' } }, ['José Núñez']],
    ["a country's code", { location: { country: 'BR' } }, ['José Núñez']],
    ['no accents in a city', { location: { city: 'sao paulo' } }, ['José Núñez']],
    ['a wrong letter, and no ś', { text: 'Katarzina Wisniewska' }, ['Katarzyna Wiśniewska']],
    ['words of several fields', { text: 'austin typescript' }, ['Ada Lovelace']],
    ['a word that nobody has', { text: 'ada neurosurgeon' }, []],
    ['nothing that is a word', { text: '?!' }, []],
    ['words of a title, in the plural', { title: 'software engineers' }, ['Ada Lovelace']],
    ['a word of a title without its full stop', { title: 'sr' }, ['José Núñez']],
    ['a title of no words', { title: '--' }, []],
    ['a skill with signs', { skills: { all: [{ name: 'c++' }] } }, ['Ada Lovelace']],
    ['years of a skill', { skills: { all: [{ name: 'TYPESCRIPT', minYears: 6 }] } }, ['Ada Lovelace']],
    ['all of several skills', { skills: { all: [{ name: 'TypeScript' }, { name: 'SQL', minYears: 1 }] } }, []],
    [
      'one of several skills',
      { skills: { any: [{ name: 'TypeScript', minYears: 6 }, { name: 'sql' }] } },
      ['Ada Lovelace', 'José Núñez'],
    ],
    ['a standing interest', { interest: { name: 'platform' } }, ['Ada Lovelace']],
    ['a role that was asked for', { interest: { role: 'backend engineers' } }, ['Ada Lovelace']],
    ['a role without a letter, as an older search may have it', { interest: { role: '--' } }, []],
    ['no such interest in that role', { interest: { name: 'frontend', role: 'backend engineer' } }, []],
    ['months ago', { interest: { name: 'backend', expressedMonthsAgo: { from: 12, to: 5 } } }, ['Ada Lovelace']],
    // Expressed six calendar months ago to the minute: the later end is excluded, the earlier one isn't.
    ['months ago, from', { interest: { name: 'backend', expressedMonthsAgo: { from: 6, to: 0 } } }, ['Ada Lovelace']],
    ['months ago, to', { interest: { name: 'backend', expressedMonthsAgo: { from: 12, to: 6 } } }, []],
    ['a standing interest at a time', { interest: { name: 'platform', expressedFrom: daysAgo(999) } }, []],
    ['anything with a quote', { text: "'; DROP TABLE talent; --" }, []],
  ])('finds by %s', async (_what, criteria, expected) => {
    expect(await names(criteria, { sort: { by: 'name' } })).toEqual(expected);
  });

  it('puts first what is most like the text', async () => {
    model.told.added(daysAgo(1), { name: { full: 'Adah Lovelick' } });
    await model.fold();
    expect((await names({ text: 'lovelace' }))[0]).toBe('Ada Lovelace');
    expect(await names({ text: 'lovelick' })).toEqual(['Adah Lovelick', 'Ada Lovelace']);
  });

  it('needs a text to sort by relevance', async () => {
    const found = await searchTalent(model.database, { criteria: {}, sort: { by: 'relevance' }, limit: 1, now });
    expect(found).toEqual({ ok: false, error: 'relevance-without-text' });
  });
});
