import { newId } from '#libs/kernel';
import type { Database } from '#libs/read-store';
import { searchTalent } from '#projections/talent-search';
import { SearchRecords } from '../../../apps/query-api/src/search-records/search-records.js';
import { median, type Measured } from '../report.js';
import { cityNames, topics } from './population.js';

/** The sentence, of one city and topic after the other, as the query API asks for it. */
const requestAt = (n: number): { readonly where: object; readonly limit: number; readonly purpose: string } => ({
  where: {
    and: [
      { title: 'software engineers' },
      { attribute: 'city', is: [cityNames[n % cityNames.length]] },
      {
        happened: {
          kinds: ['interest.expressed'],
          topic: topics[n % topics.length],
          ago: { from: { months: 12 }, to: { months: 6 } },
        },
      },
    ],
  },
  limit: 50,
  purpose: 'Shortlist',
});

const taken = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/**
 * What recording a search costs it: the same searches with and without, one after the other by turns, in one process and
 * without HTTP, which would hide it.
 */
export const recordCost = async (database: Database, searches: number): Promise<Measured> => {
  const records = new SearchRecords(database);
  const caller = { kind: 'user', id: newId() } as const;
  const search = async (n: number, recorded: boolean): Promise<void> => {
    const request = requestAt(n);
    const criteria = { where: request.where as never };
    const page = await searchTalent(database, { criteria, limit: request.limit, now: new Date() });
    if (!page.ok) throw new Error(page.error);
    if (recorded) await records.record({ caller, request, shown: page.value.items });
  };
  const times: { readonly with: number[]; readonly without: number[] } = { with: [], without: [] };
  for (let n = 0; n < searches; n += 1) {
    const turns = n % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const);
    for (const turn of turns) times[turn].push(await taken(() => search(n, turn === 'with')));
  }
  const [recorded, bare] = [median(times.with), median(times.without)];
  const kept = await database.query('SELECT 1 FROM vault.search_records WHERE caller_id = $1', [caller.id]);
  return {
    name: 'a search with its record, beside one without',
    unit: 'times',
    value: recorded / bare,
    correct: kept.length === searches,
    checked: `${kept.length} records; ${recorded.toFixed(2)} ms with, ${bare.toFixed(2)} ms without, medians of ${searches} each, by turns`,
  };
};
