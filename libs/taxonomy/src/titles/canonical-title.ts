import { lazily } from '../data/data-file.js';
import { taxonomyVersion } from '../version.js';
import { ownTitles, techniques, type OwnTitle } from './own-titles.js';
import { knownTitle, occupationTitle } from './title-index.js';
import { generic } from './title-terms.js';
import { titleReadings, titleWords } from './title-words.js';

/** How a title was recognised: in Rapport's list, in O*NET's, by how it ends ("payments backend engineer"), or not. */
export type Recognition = 'own' | 'onet' | 'ending' | 'none';

export interface CanonicalTitle {
  /** The same for all ways of writing one title: lower case, with hyphens. */
  readonly key: string;
  /** As people read it. */
  readonly label: string;
  /** Codes of O*NET-SOC, the likeliest first; none where it wasn't recognised or may mean too many. */
  readonly occupations: readonly string[];
  readonly how: Recognition;
  readonly taxonomyVersion: string;
}

type Recognised = Omit<CanonicalTitle, 'taxonomyVersion'>;

const developers = new Set(['engineer', 'developer', 'programmer', 'coder']);
const developing = { key: 'software-engineer', occupations: ['15-1252.00', '15-1254.00'] };

/** Without order, and with one word for those who write software. */
const bag = (words: readonly string[]): string =>
  [...new Set(words.map((word) => (developers.has(word) ? 'developer' : word)))].toSorted().join(' ');

const own = lazily(
  () => new Map(ownTitles.flatMap((title) => title.written.map((way) => [bag(titleWords(way)), title] as const))),
);

/** Undefined for what has no word in it that says what somebody does. */
export const canonicalTitle = (title: string): CanonicalTitle | undefined => {
  const readings = titleReadings(title);
  const [whole] = readings;
  if (!whole) return undefined;
  const recognised =
    firstOf(readings, inOwnList) ??
    firstOf(readings, inOnet) ??
    firstOf(readings, (words) => byEnding(words, title.trim())) ??
    ({ key: whole.join('-'), label: title.trim(), occupations: [], how: 'none' } as const);
  return { ...recognised, taxonomyVersion };
};

/** The occupations that a title may mean, with what O*NET calls them; the likeliest first. */
export const occupationsOf = (
  title: string,
): { readonly code: string; readonly title: string; readonly how: Recognition }[] => {
  const { occupations, how } = canonicalTitle(title) ?? { occupations: [], how: 'none' as const };
  return occupations.map((code) => ({ code, title: occupationTitle(code) ?? code, how }));
};

const broaderOf = lazily(
  () =>
    new Map([
      ...[...techniques.values()].map((one) => [`${one.key}-developer`, developing.key] as const),
      ...ownTitles.flatMap((title) => (title.broader === undefined ? [] : [[title.key, title.broader] as const])),
    ]),
);

/** The keys of all titles that somebody's title is one of, itself first: a backend developer is a software engineer too. */
export const titleKeysAbove = (key: string): readonly string[] => {
  const above = broaderOf().get(key);
  return above === undefined ? [key] : [key, ...titleKeysAbove(above)];
};

const firstOf = (
  readings: readonly (readonly string[])[],
  recognise: (words: readonly string[]) => Recognised | undefined,
): Recognised | undefined => {
  for (const words of readings) {
    const recognised = recognise(words);
    if (recognised) return recognised;
  }
  return undefined;
};

const asOwn = ({ key, label, occupations }: OwnTitle, how: Recognition): Recognised => ({
  key,
  label,
  occupations,
  how,
});

const inOwnList = (words: readonly string[]): Recognised | undefined => {
  const found = own().get(bag(words));
  if (found) return asOwn(found, 'own');
  const used = words.map((word) => techniques.get(word)).filter((one) => one !== undefined);
  const [technique] = used;
  if (!technique || !words.some((word) => developers.has(word))) return undefined;
  const rest = words.filter((word) => !techniques.has(word));
  if (rest.every((word) => developers.has(word) || word === 'software')) {
    return {
      key: `${technique.key}-developer`,
      label: `${technique.label} Developer`,
      occupations: developing.occupations,
      how: 'own',
    };
  }
  // "Java backend developer": what somebody builds says more than what with.
  const without = own().get(bag(rest));
  return without && asOwn(without, 'own');
};

const inOnet = (words: readonly string[]): Recognised | undefined => {
  const found = knownTitle(words);
  if (!found) return undefined;
  const key = (found.inFull ?? words.join(' ')).replaceAll(' ', '-');
  return { key, label: found.label, occupations: found.occupations, how: 'onet' };
};

/** What stands before it is a subject, a product or a place; alone, a word that says no more than "manager" isn't enough. */
const byEnding = (words: readonly string[], label: string): Recognised | undefined => {
  for (let from = 1; from < words.length; from++) {
    const ending = words.slice(from);
    const lone = ending.length === 1;
    const mine = lone ? undefined : own().get(bag(ending));
    if (mine) return asOwn(mine, 'ending');
    if (lone && generic.has(ending[0] ?? '')) return undefined;
    const found = knownTitle(ending);
    // An abbreviation at the end is often another one: a "mobile app" is no advanced practice provider.
    if (found && !(lone && found.inFull))
      return { key: words.join('-'), label, occupations: found.occupations, how: 'ending' };
  }
  return undefined;
};
