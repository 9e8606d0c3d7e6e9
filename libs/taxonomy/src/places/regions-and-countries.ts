import { placeList } from './place-list.js';

/**
 * The names, as `Place` has them, of all regions that somebody may mean: "TX" and "Texas" are Texas.
 * @param country an ISO 3166-1 alpha-2 code; only regions of that country then
 */
export const regionNames = (name: string, country?: string): readonly string[] => {
  const list = placeList();
  const codes = [...list.regionsNamed(name)].filter((code) => country === undefined || code.startsWith(`${country}.`));
  return [...new Set(codes.flatMap((code) => list.regionName(code) ?? []))];
};

/** ISO 3166-1 alpha-2 of a country by its code, or by its name in one of eight languages; undefined for what is none. */
export const countryCode = (name: string): string | undefined => placeList().countryNamed(name);
