import { folded } from '../text/fold.js';
import {
  abbreviations,
  compounds,
  cuts,
  generic,
  levelsAfter,
  levelsBefore,
  noise,
  noPlural,
  roles,
} from './title-terms.js';

/** The parts of a title as they may be looked for, the most telling first. None is empty, and the list may be. */
export type Readings = readonly (readonly string[])[];

/** "(m/w/d)" and the like. */
const anyGender = /\(?\b[mwfhdx]\s*[/|]\s*[mwfhdx](?:\s*[/|]\s*[mwfhdx])?\b\)?/g;
const partsOfTitle = /[,;:|()[\]•·–—]|\s[-/]\s/;
/** Keeps C++, C#, .NET and F# whole; "node.js" is node. */
const word = /\.net\b|[\p{L}\p{N}]+[+#]*/gu;

/** The words of a title in the form in which titles are compared; the same for titles that are written differently. */
export const titleWords = (title: string): readonly string[] => titleReadings(title)[0] ?? [];

/**
 * How a title may be read: "Software Engineer, Backend" as "backend software engineer", and, if that's nothing known, without
 * what comes after the comma. A part that has a role of its own ("Recruiter - Software Engineers") is another title.
 */
export const titleReadings = (title: string): Readings => {
  const text = folded(title)
    .replaceAll(anyGender, ' ')
    .replaceAll(/(\p{L})\.js\b/gu, '$1')
    .replaceAll(/\bm\s?(?:&|and)\s?a\b/g, 'merger acquisition')
    .replaceAll('&', ' and ')
    .replaceAll('@', ' at ');
  const parts = text
    .split(partsOfTitle)
    .map((part) => wordsOf(part))
    .filter((part) => part.length > 0);
  const [first, ...others] = parts;
  if (!first) return [];
  const more = others.filter((part) => !hasRole(part));
  const second = others.find(hasRole);
  const whole = hasRole(first) ? [...more.flat(), ...first] : [...first, ...more.flat(), ...(second ?? [])];
  const readings = [whole, first, beforeCut(first)].map(withoutLevels).filter((reading) => reading.length > 0);
  return readings.filter((reading, i) => readings.findIndex((one) => one.join(' ') === reading.join(' ')) === i);
};

const hasRole = (part: readonly string[]): boolean =>
  roles.has(part.at(-1) ?? '') || part.some((one) => generic.has(one));

const beforeCut = (part: readonly string[]): readonly string[] => {
  const cut = part.findIndex((one) => cuts.has(one));
  return cut > 0 ? part.slice(0, cut) : part;
};

const wordsOf = (part: string): readonly string[] => {
  const joined = joinCompounds(part.match(word) ?? []);
  const long = joined.flatMap((one) => abbreviations.get(one) ?? abbreviations.get(singular(one)) ?? [one]);
  const read = long.map((one, i) => (i === long.length - 1 ? lastWord(singular(one)) : singular(one)));
  return inverted(read.filter((one) => !noise.has(one)));
};

/** "Dev" and "admin" are people only at the end: an "admin assistant" is an administrative one. */
const lastWord = (one: string): string => ({ dev: 'developer', admin: 'administrator' })[one] ?? one;

const joinCompounds = (words: readonly string[]): string[] => {
  const joined: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const three = compounds.get(words.slice(i, i + 3).join(' '));
    const two = compounds.get(words.slice(i, i + 2).join(' '));
    joined.push(three ?? two ?? words[i] ?? '');
    i += three ? 2 : two ? 1 : 0;
  }
  return joined;
};

const singular = (one: string): string =>
  one.length > 3 && one.endsWith('s') && !/(?:ss|us|is|ics)$/.test(one) && !noPlural.has(one) ? one.slice(0, -1) : one;

/** "Director of Engineering" is an "engineering director". */
const inverted = (words: readonly string[]): readonly string[] => {
  const of = words.indexOf('of');
  if (of <= 0) return words.filter((one) => one !== 'of');
  const [role, subject] = [words.slice(0, of), words.slice(of + 1).filter((one) => one !== 'of')];
  return [...subject, ...role];
};

const withoutLevels = (words: readonly string[]): readonly string[] => {
  let [start, end] = [0, words.length];
  while (end - start > 1 && levelsAfter.has(words[end - 1] ?? '')) end--;
  // "Lead generation" is something that one does.
  while (end - start > 1 && levelsBefore.has(words[start] ?? '') && words[start + 1] !== 'generation') start++;
  return words.slice(start, end);
};
