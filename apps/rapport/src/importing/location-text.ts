import type { Location } from '#libs/candidates';

/** Country names by ISO code, in English, as the runtime's own data has them. */
const countries: ReadonlyMap<string, string> = (() => {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const found = new Map<string, string>();
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const a of letters) {
    for (const b of letters) {
      const name = names.of(a + b);
      // Withdrawn codes have names too (UK, DD); the canonical form of a code is the one in force.
      if (name !== undefined) found.set(name.toLowerCase(), new Intl.Locale(`und-${a}${b}`).region ?? a + b);
    }
  }
  for (const [alias, code] of [
    ['usa', 'US'],
    ['u.s.', 'US'],
    ['u.s.a.', 'US'],
    ['uk', 'GB'],
    ['great britain', 'GB'],
  ] as const) {
    found.set(alias, code);
  }
  return found;
})();

const countryCode = (text: string): string | undefined => {
  const found = countries.get(text.toLowerCase());
  if (found !== undefined) return found;
  return /^[A-Z]{2}$/.test(text) && [...countries.values()].includes(text) ? text : undefined;
};

/**
 * Splits "Austin, TX, US" or "Berlin, Germany". The last part is a country if it's a country's name, or with three
 * parts its code; two letters after a city alone are a region ("Austin, CA" isn't in Canada).
 * With `as: 'country'` the whole text is a country, and nothing is known where it isn't one.
 */
export const parseLocation = (text: string, as: 'place' | 'country' = 'place'): Location => {
  const trimmed = text.trim();
  if (trimmed === '') return {};
  if (as === 'country') {
    const country = countryCode(trimmed);
    return country === undefined ? {} : { country };
  }
  const parts = trimmed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  const country = parts.length > 1 && (parts.length > 2 || last.length > 2) ? countryCode(last) : undefined;
  const [city, region] = country === undefined ? parts : parts.slice(0, -1);
  return {
    ...(city === undefined ? {} : { city }),
    ...(region === undefined ? {} : { region }),
    ...(country === undefined ? {} : { country }),
  };
};
