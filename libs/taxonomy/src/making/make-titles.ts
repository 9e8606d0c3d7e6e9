import { readFileSync } from 'node:fs';
import { titleWords } from '../titles/title-words.js';
import { byKey } from './make-places.js';
import { gunzipIfNeeded } from './read-source.js';

/** Titles that so many occupations have tell nothing about which it is. */
const tooMany = 5;

interface Entry {
  label: string;
  codes: Set<string>;
  inFull?: string;
}

/** "HR Recruiter (Human Resources Recruiter)" is written in two ways, of which the longer one is the label. */
const waysOfWriting = (alternate: string): { readonly label: string; readonly short?: string } => {
  const [, before, inside] = /^(.+?) \(([^()]+)\)$/.exec(alternate) ?? [];
  if (before === undefined || inside === undefined) return { label: alternate.replaceAll(/[()]/g, '') };
  return before.length >= inside.length ? { label: before, short: inside } : { label: inside, short: before };
};

/**
 * One word is only taken for what its letters stand for, and only with three of them: "Consultant", "Helicopter" and "PM" are
 * there beside what they may mean among others.
 */
const standsFor = (short: string, long: string): boolean => {
  if (short.includes(' ')) return true;
  const initials =
    long
      .match(/\b\p{L}/gu)
      ?.join('')
      .toUpperCase() ?? '';
  return short.length > 2 && initials === short;
};

/** Files of libs/taxonomy/data, by name, of O*NET's occupations and alternate titles (tab-separated, with a heading). */
export const makeTitles = (occupationsFile: string, alternateTitles: string): ReadonlyMap<string, string> => {
  const rows = (file: string): string[][] =>
    gunzipIfNeeded(readFileSync(file))
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => line.replace(/\r$/, '').split('\t'));
  const occupations = rows(occupationsFile);
  const entries = new Map<string, Entry>();
  const inShort = new Map<string, Set<string>>();
  const add = (label: string, code: string): string => {
    const key = titleWords(label).join(' ');
    const known = entries.get(key);
    if (!known) entries.set(key, { label, codes: new Set([code]) });
    else {
      known.codes.add(code);
      // Of "Senior Auditor" and "Auditor" the one without a level.
      if (label.length < known.label.length) known.label = label;
    }
    return key;
  };
  for (const [code = '', title = ''] of occupations) add(title, code);
  for (const [code = '', , alternate = ''] of rows(alternateTitles)) {
    const { label, short } = waysOfWriting(alternate);
    const key = add(label, code);
    const shortKey = short === undefined || !standsFor(short, label) ? '' : titleWords(short).join(' ');
    const oneWord = short?.includes(' ') && !shortKey.includes(' ');
    if (shortKey !== '' && shortKey !== key && !oneWord)
      inShort.set(shortKey, (inShort.get(shortKey) ?? new Set()).add(key));
  }
  for (const [short, [full = '', ...others]] of inShort) {
    // "CSO" stands for several, and what is a title of its own stands for itself.
    if (others.length > 0 || entries.has(short)) continue;
    const entry = entries.get(full);
    if (entry) entries.set(short, { ...entry, inFull: full });
  }
  const lines = [...entries]
    .filter(([key]) => key !== '')
    .map(([key, { label, codes, inFull }]) =>
      [key, label, codes.size > tooMany ? '' : [...codes].join(','), ...(inFull === undefined ? [] : [inFull])].join(
        '\t',
      ),
    );
  return new Map([
    ['titles.tsv', lines.toSorted(byKey).join('\n')],
    ['occupations.tsv', occupations.map(([code, title]) => `${code}\t${title}`).join('\n')],
  ]);
};
