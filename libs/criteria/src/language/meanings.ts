import {
  canonicalSkill,
  canonicalTitle,
  cityNamed,
  countryCode,
  placeOf,
  regionNames,
  titleKeysAbove,
} from '#libs/taxonomy';
import { LRUCache } from 'lru-cache';
import type { NearLeaf, WordAttribute } from './leaves.js';
import { normalise, titleWords } from './words.js';

/** A key of the taxonomy among words: no word begins so. */
const asTerm = (key: string): string => `=${key}`;

/** What a stated title is found by: its words, and the keys of all that the taxonomy knows it to be. */
export const titleTerms = (title: string, titleKey?: string): string[] => [
  ...titleWords(title),
  ...(titleKey === undefined ? [] : titleKeysAbove(titleKey).map(asTerm)),
];

/** Which titles are meant: those with all these words, and those with the term. */
export interface AskedTitle {
  readonly words: readonly string[];
  readonly term?: string;
}

export const askedTitle = (title: string): AskedTitle => {
  const words = titleWords(title);
  const known = canonicalTitle(title);
  // A title that nobody knows is known by its words: its key says no more than they do.
  return known === undefined || known.how === 'none' ? { words } : { words, term: asTerm(known.key) };
};

/** Whether somebody whose title has these terms is meant. */
export const isAskedTitle = ({ words, term }: AskedTitle, stated: readonly string[]): boolean =>
  words.every((word) => stated.includes(word)) || (term !== undefined && stated.includes(term));

/** What a stated skill is found by: its name, and the key under which the taxonomy knows it. */
export const skillTerms = (name: string, skillKey?: string): string[] => [
  normalise(name),
  ...(skillKey === undefined ? [] : [asTerm(skillKey)]),
];

/** The forms of a skill that's asked for: whoever has one of them is meant. */
export const skillMeant = (name: string): readonly string[] => {
  const key = canonicalSkill(name)?.key;
  return skillTerms(name, key);
};

/** What a region is found by: as it's stated, and as the list of places calls all that it may mean. */
export const regionTerms = (name: string, country?: string): string[] => [
  ...new Set([name, ...regionNames(name, country)].map(normalise)),
];
const countryMeant = (name: string): readonly string[] => [
  ...new Set([name, countryCode(name) ?? name].map(normalise)),
];

/** Whoever has one of the forms of each attribute. */
export type AskedWords = readonly (readonly [attribute: WordAttribute, forms: readonly string[]])[];

/** A city as it's written, and as the list of places calls it; in the region and the country that the text says, if it does. */
const cityMeant = (name: string): readonly AskedWords[] => {
  const { city = name, region, country } = cityNamed(name) ?? {};
  if (country === undefined) return [[['city', [...new Set([name, city].map(normalise))]]]];
  const within: AskedWords = [
    ['city', [normalise(city)]],
    ...(region === undefined ? [] : [['region', [normalise(region)]] as const]),
    ['country', [normalise(country)]],
  ];
  return [[['city', [normalise(name)]]], within];
};

const meantBy = (attribute: WordAttribute, value: string): readonly AskedWords[] => {
  if (attribute === 'city') return cityMeant(value);
  if (attribute === 'skills') return [[['skills', skillMeant(value)]]];
  if (attribute === 'region') return [[['region', regionTerms(value)]]];
  if (attribute === 'country') return [[['country', countryMeant(value)]]];
  return [[[attribute, [normalise(value)]]]];
};

/** Criteria are asked again for each person; looking a city up takes 0.1 ms, a skill half as much. */
const recent = new LRUCache<string, readonly AskedWords[]>({ max: 5_000 });

/** What a value that's asked for comes to: whoever is meant by one of these. */
export const askedWords = (attribute: WordAttribute, value: string): readonly AskedWords[] => {
  const asked = `${attribute} ${value}`;
  const known = recent.get(asked);
  if (known) return known;
  const meant = meantBy(attribute, value);
  recent.set(asked, meant);
  return meant;
};

/** What `near` counts from: the point that's given, or the city's. Undefined for a city that the list of places doesn't have. */
export const centreOf = ({
  latitude,
  longitude,
  city,
  region,
  country,
}: NearLeaf['near']): { readonly latitude: number; readonly longitude: number } | undefined => {
  if (latitude !== undefined && longitude !== undefined) return { latitude, longitude };
  if (city === undefined) return undefined;
  return placeOf({ city, ...(region === undefined ? {} : { region }), ...(country === undefined ? {} : { country }) });
};

/** What the column takes; nobody has as many. Criteria that were stored before there was a bound may ask for more. */
const MOST_MONTHS = 2 ** 31 - 1;

/** Experience is compared in months, as it's stored. */
export const monthsOf = (years: number): number =>
  Math.max(-MOST_MONTHS, Math.min(MOST_MONTHS, Math.round(years * 12)));
