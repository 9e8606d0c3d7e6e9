import { placeKey } from './place-key.js';

/** Languages in which a country may be named; Intl brings the names. */
const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl'];

/** What people write and Intl doesn't know. */
const alsoCalled: Readonly<Record<string, string>> = {
  usa: 'US',
  'u s a': 'US',
  'u s': 'US',
  'united states of america': 'US',
  america: 'US',
  uk: 'GB',
  'u k': 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  uae: 'AE',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  'south korea': 'KR',
  korea: 'KR',
  'republic of ireland': 'IE',
  'hong kong': 'HK',
  macau: 'MO',
};

/** ISO 3166-1 alpha-2 codes by the keys of their countries' names, for the countries that have places in the list. */
export const countryNames = (codes: Iterable<string>): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  const inLanguages = languages.map((language) => new Intl.DisplayNames([language], { type: 'region' }));
  for (const code of codes) {
    names.set(code.toLowerCase(), code);
    for (const inLanguage of inLanguages) {
      const name = inLanguage.of(code);
      if (name !== undefined) names.set(placeKey(name), code);
    }
  }
  for (const [name, code] of Object.entries(alsoCalled)) names.set(name, code);
  return names;
};
