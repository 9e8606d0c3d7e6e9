import { placeList, type Namesake, type Place } from './place-list.js';

/** Where somebody says that they are. `country` may be a name or a code, `city` may be all of it ("Austin, TX"). */
export interface StatedLocation {
  readonly city?: string;
  readonly region?: string;
  readonly country?: string;
}

/** "Greater London Area", "Metro Manila", "Dallas-Fort Worth Metroplex", "San Francisco Bay Area", "City of York". */
const around =
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

/** The cities that a stated location may mean. */
const fitting = (stated: StatedLocation | string): readonly Namesake[] => {
  const { city, region, country } = typeof stated === 'string' ? { city: stated } : stated;
  if (city === undefined) return [];
  const within = [region, country].filter((part) => part !== undefined && part.trim() !== '') as string[];
  const whole = named(city, region, country);
  if (whole.length > 0) return whole;
  const [first = '', ...others] = partsOf(city);
  // What's in the text itself is at least as near to the city as what's beside it.
  return others.length === 0 ? [] : namedInParts(first, [...others, ...within]);
};

const partsOf = (text: string): string[] => text.split(/[,;|/()]|\s[-–—]\s/).filter((part) => part.trim() !== '');

/** Every part after the city may be a region or a country ("CA"); the reading that leads to the most people is meant. */
const namedInParts = (city: string, parts: readonly string[]): readonly Namesake[] =>
  namesakes(city).filter((one) => parts.every((part) => liesIn(one, part.trim())));

const codeOf = ({ place, regionCode }: Namesake): string => `${place.country}.${regionCode}`;

const liesIn = (one: Namesake, part: string): boolean => {
  const list = placeList();
  const regions = list.regionsNamed(part);
  const country = list.countryNamed(part);
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
  const regions = list.regionsNamed(region);
  const known = code === undefined ? regions.size > 0 : [...regions].some((one) => one.startsWith(`${code}.`));
  if (!known) return inCountry.filter((one) => code !== undefined || liesIn(one, region));
  return inCountry.filter((one) => regions.has(codeOf(one)));
};

const namesakes = (city: string): Namesake[] => {
  const list = placeList();
  const found = list.namesakes(city);
  return found.length > 0 ? found : list.namesakes(city.trim().replaceAll(around, ''));
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
  const list = placeList();
  const saysRegion = parts.some((part) => list.regionsNamed(part).has(codeOf(one)));
  if (saysRegion && region !== undefined) return { city, region, country };
  return parts.some((part) => list.countryNamed(part) === country) ? { city, country } : { city };
};
