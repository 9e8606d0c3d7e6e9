import { canonicalSkill, canonicalTitle, placeOf, titleKeysAbove } from '#libs/taxonomy';
import type { WordAttribute } from './leaves.js';
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

const skillMeant = (name: string): readonly string[] => {
  const key = canonicalSkill(name)?.key;
  return skillTerms(name, key);
};
const cityMeant = (name: string): readonly string[] => {
  const place = placeOf(name);
  return place === undefined ? [normalise(name)] : [...new Set([normalise(name), normalise(place.city)])];
};

/** The forms of a value that's asked for: whoever has one of them is meant. */
export const askedValues = (attribute: WordAttribute, value: string): readonly string[] =>
  attribute === 'skills' ? skillMeant(value) : attribute === 'city' ? cityMeant(value) : [normalise(value)];

/** What the column takes; nobody has as many. Criteria that were stored before there was a bound may ask for more. */
const MOST_MONTHS = 2 ** 31 - 1;

/** Experience is compared in months, as it's stored. */
export const monthsOf = (years: number): number =>
  Math.max(-MOST_MONTHS, Math.min(MOST_MONTHS, Math.round(years * 12)));
