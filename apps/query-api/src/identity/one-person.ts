import type { Person } from '#projections/talent-search';

const known = <T>(values: readonly (T | null)[]): T | null => values.find((value) => value !== null) ?? null;

/** Of those with one key, the first. */
const united = <T>(lists: readonly (readonly T[])[], keyOf: (item: T) => string): T[] => {
  const byKey = new Map<string, T>();
  for (const item of lists.flat()) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item);
  return [...byKey.values()];
};

const words = (lists: readonly (readonly string[])[]): string[] => united(lists, (word) => word);

const latest = (dates: readonly (Date | null)[]): Date | null =>
  dates.reduce((last, date) => (last === null || (date !== null && date > last) ? date : last), null);

/**
 * One person of the records under each of their ids: what the first one doesn't tell, the next one does; lists are taken
 * together. The id and the revision are the first one's.
 */
export const onePerson = (records: readonly [Person, ...Person[]]): Person => {
  const [first, ...others] = records;
  if (others.length === 0) return first;
  const of = <K extends keyof Person>(field: K): Person[K][] => records.map((record) => record[field]);
  const placed = records.find(({ location: { city, region, country } }) => known([city, region, country]) !== null);
  const { location, place } = placed ?? first;
  return {
    ...first,
    name: known(of('name')),
    title: known(of('title')),
    occupations: records.find(({ title }) => title !== null)?.occupations ?? first.occupations,
    employer: known(of('employer')),
    location,
    place,
    experienceYears: known(of('experienceYears')),
    skills: united(of('skills'), ({ name }) => name.toLowerCase()),
    tags: words(of('tags')),
    interests: words(of('interests')),
    emails: words(of('emails')),
    phones: words(of('phones')),
    profileUrls: words(of('profileUrls')),
    source: known(of('source')),
    availability: known(of('availability')),
    languages: words(of('languages')),
    owner: known(of('owner')),
    addedAt: new Date(Math.min(...of('addedAt').map((date) => date.getTime()))),
    lastHumanContactAt: latest(of('lastHumanContactAt')),
    lastInteractionAt: latest(of('lastInteractionAt')),
  };
};
