import { customFieldsTogether } from './custom-fields.js';
import type { Talent } from './tables.js';
import { searchable } from './profile.js';

type Skill = { readonly name: string; readonly years: number | null };

/** Of those with one key, the first. */
const united = <T>(lists: readonly (readonly T[])[], keyOf: (item: T) => string): T[] => {
  const byKey = new Map<string, T>();
  for (const item of lists.flat()) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item);
  return [...byKey.values()];
};

/** Columns that say one thing together: they're all of the first record in which any of the first so many of them is known. */
const together = [
  ['name', 'name_key'],
  ['title', 'title_terms', 'occupations'],
  ['employer', 'employer_key'],
  ['experience_months'],
  ['source_kind', 'source_name', 'source_name_key'],
  ['owner', 'owner_key'],
] as const satisfies readonly (readonly (keyof Talent)[])[];
const said = ['availability', 'availability_at'] as const;
const placed = [
  'city',
  'region',
  'country',
  'city_key',
  'region_keys',
  'country_key',
  'place',
  'latitude',
  'longitude',
] as const;

const lists = [
  'skill_terms',
  'tags',
  'tag_keys',
  'free_tags',
  'interests',
  'interest_keys',
  'languages',
  'emails',
  'phones',
  'profile_urls',
] as const satisfies readonly (keyof Talent)[];

const picked = (record: Talent, columns: readonly (keyof Talent)[]): Partial<Talent> =>
  Object.fromEntries(columns.map((column) => [column, record[column]]));

const skillNamed = ({ name }: Skill): string => name.toLowerCase();

/** With the years that the first record tells which tells any. */
const skillsTogether = (known: readonly (readonly Skill[])[]): Skill[] => {
  const told = united(
    known.map((skills) => skills.filter(({ years }) => years !== null)),
    skillNamed,
  );
  const years = new Map(told.map((skill) => [skillNamed(skill), skill.years]));
  return united(known, skillNamed).map((skill) => ({ ...skill, years: years.get(skillNamed(skill)) ?? null }));
};

/** In which it was said last; of two at one time the first. */
const saidLast = (records: readonly Talent[]): Talent | undefined =>
  records
    .filter(({ availability_at }) => availability_at !== null)
    .toSorted((a, b) => Number(b.availability_at) - Number(a.availability_at))[0];

/**
 * One person of the records under each of their ids: what the first one doesn't tell, the next one does; lists are taken
 * together; of availability, what was said last stands. The id and the revision are the first one's.
 */
export const onePerson = (records: readonly [Talent, ...Talent[]]): Talent => {
  const [first, ...others] = records;
  if (others.length === 0) return first;
  const knowing = (known: (record: Talent) => boolean): Talent => records.find(known) ?? first;
  return searchable({
    ...first,
    of_several: true,
    ...together.reduce(
      (person, columns) => ({
        ...person,
        ...picked(
          knowing((record) => record[columns[0]] !== null),
          columns,
        ),
      }),
      {},
    ),
    ...picked(
      knowing(({ city, region, country }) => city !== null || region !== null || country !== null),
      placed,
    ),
    ...picked(saidLast(records) ?? first, said),
    ...Object.fromEntries(
      lists.map((column) => [
        column,
        united(
          records.map((record) => record[column]),
          (word) => word,
        ),
      ]),
    ),
    skills: skillsTogether(records.map(({ skills }) => skills as readonly Skill[])),
    custom_fields: customFieldsTogether(records),
    added_at: new Date(Math.min(...records.map(({ added_at }) => added_at.getTime()))),
  });
};
