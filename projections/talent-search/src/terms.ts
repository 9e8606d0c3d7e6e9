import { normalise, type WordAttribute } from '#libs/criteria';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { customWords } from './custom-fields.js';
import type { Talent } from './tables.js';

/** The attributes that a profile has; a band comes from what happened. */
export type ProfileWord = Exclude<WordAttribute, 'band'>;

const listed = (value: string | null): readonly string[] => (value === null ? [] : [normalise(value)]);

/** What criteria compare of a profile, in the form in which they compare it. */
export const profileWords: Readonly<Record<ProfileWord, (person: Talent) => readonly string[]>> = {
  skills: ({ skill_terms }) => skill_terms,
  tags: ({ tag_keys }) => tag_keys,
  interests: ({ interest_keys }) => interest_keys,
  city: ({ city_key }) => listed(city_key),
  region: ({ region_keys }) => region_keys,
  country: ({ country_key }) => listed(country_key),
  employer: ({ employer_key }) => listed(employer_key),
  availability: ({ availability }) => listed(availability),
  languages: ({ languages }) => languages,
  source: ({ source_kind }) => listed(source_kind),
  sourceName: ({ source_name_key }) => listed(source_name_key),
  owner: ({ owner_key }) => listed(owner_key),
};
export const profileAttributes = Object.keys(profileWords) as ProfileWord[];

/** A word of an attribute among those of all others. */
export const term = (attribute: WordAttribute | 'title' | `custom.${string}`, word: string): string =>
  `${attribute}:${word}`;

/** Most terms are common ones. */
const MOST_NUMBERS = 50_000;
const numbers = new LRUCache<string, bigint>({ max: MOST_NUMBERS });

/** What stands for a term in an index: the first 64 bits of its SHA-256, so that no two of all there are have the same. */
export const termNumber = (one: string): bigint => {
  const known = numbers.get(one);
  if (known !== undefined) return known;
  const number = createHash('sha256').update(one).digest().readBigInt64BE();
  numbers.set(one, number);
  return number;
};

/** Everything that somebody is found by as it stands, for one index over all of it. */
export const termsOf = (person: Talent): string[] => [
  ...new Set([
    ...person.title_terms.map((word) => term('title', word)),
    ...profileAttributes.flatMap((attribute) => profileWords[attribute](person).map((word) => term(attribute, word))),
    ...customWords(person).map(([key, word]) => term(`custom.${key}`, word)),
  ]),
];
