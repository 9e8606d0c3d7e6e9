import { LRUCache } from 'lru-cache';
import { placeList, type Namesake, type Place } from './place-list.js';

/** Where somebody says that they are. `country` may be a name or a code, `city` may be all of it ("Austin, TX"). */
export interface StatedLocation {
  readonly city?: string;
  readonly region?: string;
  readonly country?: string;
}

/** "Greater London Area", "Metro Manila", "Dallas-Fort Worth Metroplex", "San Francisco Bay Area", "City of York". */
const outskirts =
  /^(?:greater|metro|metropolitan|city of)\s+|\s+(?:metropolitan area|metro area|metroplex|area|region|metro)$/gi;

/**
 * The city of a stated location or a text; of several with one name the one with the most people, within the region and the
 * country that are given. Undefined where the list of places has no such city: a country alone is no place, neither is "Remote".
 */
export const placeOf = (stated: StatedLocation | string): Place | undefined => likeliest(fitting(stated))?.place;

/** Another city is as likely meant if it has at least so many of the people: Cambridge in Ontario and in Massachusetts beside the one in England. */
const AS_LIKELY = 0.5;

/** The city of a stated location, and all others that are about as likely meant: the likeliest first, at one place each. */
export const placesMeant = (stated: StatedLocation): readonly Place[] => {
  const found = fitting(stated).toSorted((a, b) => b.weight - a.weight);
  const [best] = found;
  if (!best) return [];
  if (best.only) return [best.place];
  const likely = found.filter(({ weight }) => weight >= best.weight * AS_LIKELY).map(({ place }) => place);
  const at = ({ latitude, longitude }: Place): string => `${latitude} ${longitude}`;
  return likely.filter((place, n) => likely.findIndex((one) => at(one) === at(place)) === n);
};

/** Criteria ask for the same few places again for each person. */
const recent = new LRUCache<string, readonly Namesake[]>({ max: 1_000 });

/** The cities that a stated location may mean. */
const fitting = (stated: StatedLocation | string): readonly Namesake[] => {
  const { city, region, country } = typeof stated === 'string' ? { city: stated } : stated;
  const asked = JSON.stringify([city, region, country]);
  const known = recent.get(asked);
  if (known) return known;
  const found = foundBy({ city, region, country });
  recent.set(asked, found);
  return found;
};

type Stated = { readonly [part in keyof StatedLocation]: string | undefined };

const foundBy = ({ city, region, country }: Stated): readonly Namesake[] => {
  if (city === undefined) return [];
  const within = [region, country].filter((part) => part !== undefined && part.trim() !== '') as string[];
  const whole = named(city, region, country);
  if (whole.length > 0) return whole;
  const [first = '', ...others] = partsOf(city);
  // What's in the text itself is at least as near to the city as what's beside it.
  return others.length === 0 ? [] : namedInParts(first, [...others, ...within]);
};

/** A city with all that it lies in, and a word or two on it. Each part is looked up, so a text of a hundred is no place. */
const MOST_PARTS = 8;

const partsOf = (text: string): string[] => {
  const parts = text.split(/[,;|/()]|\s[-–—]\s/).filter((part) => part.trim() !== '');
  return parts.length > MOST_PARTS ? [] : parts;
};

/** What's said beside a city: it may be a region or a country ("CA"), and is neither where the list doesn't know it. */
interface Surroundings {
  readonly regions: ReadonlySet<string>;
  readonly country: string | undefined;
}

const surroundingsNamed = (part: string): Surroundings => {
  const list = placeList();
  return { regions: list.regionsNamed(part), country: list.countryNamed(part) };
};

/** Every part after the city may be a region or a country; the reading that leads to the most people is meant. */
const namedInParts = (city: string, parts: readonly string[]): readonly Namesake[] => {
  const around = parts.map(surroundingsNamed);
  return namesakes(city).filter((one) => around.every((part) => liesIn(one, part)));
};

const codeOf = ({ place, regionCode }: Namesake): string => `${place.country}.${regionCode}`;

const liesIn = (one: Namesake, { regions, country }: Surroundings): boolean => {
  // "Travis County" is nothing that the list knows, so it tells nothing.
  if (regions.size === 0 && country === undefined) return true;
  return country === one.place.country || regions.has(codeOf(one));
};

const named = (city: string, region: string | undefined, country: string | undefined): readonly Namesake[] => {
  const list = placeList();
  const code = country === undefined ? undefined : list.countryNamed(country);
  if (country !== undefined && code === undefined) return [];
  const inCountry = namesakes(city).filter(({ place }) => code === undefined || place.country === code);
  if (region === undefined || region.trim() === '') return inCountry;
  const said = surroundingsNamed(region);
  const { regions } = said;
  const known = code === undefined ? regions.size > 0 : [...regions].some((one) => one.startsWith(`${code}.`));
  if (!known) return inCountry.filter((one) => code !== undefined || liesIn(one, said));
  return inCountry.filter((one) => regions.has(codeOf(one)));
};

const namesakes = (city: string): Namesake[] => {
  const list = placeList();
  const found = list.namesakes(city);
  return found.length > 0 ? found : list.namesakes(city.trim().replaceAll(outskirts, ''));
};

const likeliest = (found: readonly Namesake[]): Namesake | undefined => {
  let best: Namesake | undefined;
  for (const one of found) if (!best || one.weight > best.weight) best = one;
  return best;
};

/** A city that a text names, with what the text says of its region and its country: names as `Place` has them. */
export interface NamedCity {
  readonly city: string;
  readonly region?: string;
  readonly country?: string;
}

/**
 * What somebody asks for who asks for a city by a text: "Portland" is any city of that name, "Portland, ME" the one in Maine,
 * "NYC" the one in New York. Undefined where the list of places has no such city.
 */
export const cityNamed = (text: string): NamedCity | undefined => {
  const [first = '', ...others] = partsOf(text);
  const inParts = others.length === 0 ? undefined : likeliest(namedInParts(first, others));
  const said = inParts && saidOf(inParts, others);
  if (said?.country !== undefined) return said;
  const whole = likeliest(named(text, undefined, undefined));
  if (!whole) return said;
  const { city, region, country } = whole.place;
  return whole.only ? { city, ...(region === undefined ? {} : { region }), country } : { city };
};

/** Of a part that may be either, the city is in what it's read as: "Vancouver, CA" in Canada, "San Diego, CA" in California. */
const saidOf = (one: Namesake, parts: readonly string[]): NamedCity => {
  const { city, region, country } = one.place;
  const around = parts.map(surroundingsNamed);
  const saysRegion = around.some(({ regions }) => regions.has(codeOf(one)));
  if (saysRegion && region !== undefined) return { city, region, country };
  return around.some((part) => part.country === country) ? { city, country } : { city };
};
