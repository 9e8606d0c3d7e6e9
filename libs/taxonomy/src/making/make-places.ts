import { readFileSync } from 'node:fs';
import { placeKey } from '../places/place-key.js';

/** Sections of cities that were given up, are religious communities or have no one living there. */
const notLivedIn = new Set(['PPLH', 'PPLQ', 'PPLW', 'PPLCH']);
const seats = /^PPL(?:A|C|G)$/;
/** Other names than its own are only kept of towns with so many people: half of the file would be names of villages. */
const enoughForOtherNames = 15_000;

interface City {
  readonly name: string;
  readonly names: ReadonlySet<string>;
  readonly line: string;
}

/** Columns as in GeoNames' `readme.txt`; transliterations begin with a small letter there, and nobody types them. */
const readCity = (line: string): City | undefined => {
  const column = line.split('\t');
  const at = (i: number): string => column[i] ?? '';
  const [name, population, kind] = [at(1), Number(at(14)), at(7)];
  if (name === '' || notLivedIn.has(kind) || (population < 1_000 && !seats.test(kind))) return undefined;
  const own = new Set([name, at(2)].map(placeKey));
  const others = population < enoughForOtherNames ? [] : at(3).split(',');
  const names = others.filter((other) => /^\p{Lu}[\p{Script=Latin}\p{P}\s]+$/u.test(other)).map(placeKey);
  const degrees = (text: string): string => String(Number(Number(text).toFixed(4)));
  return {
    name,
    names: new Set([
      ...[...own].map((key) => `${key}\t=`),
      ...names.filter((key) => !own.has(key)).map((key) => `${key}\t~`),
    ]),
    line: [name, at(10), at(8), degrees(at(4)), degrees(at(5)), population].join('\t'),
  };
};

/** Files of libs/taxonomy/data, by name. */
export const makePlaces = (cities500: string, admin1: string): ReadonlyMap<string, string> => {
  const cities = readFileSync(cities500, 'utf8')
    .split('\n')
    .map(readCity)
    .filter((city) => city !== undefined);
  const names = cities.flatMap((city, i) => [...city.names].map((name) => `${name}${i}`));
  const regions = JSON.parse(readFileSync(admin1, 'utf8')) as { readonly code: string; readonly name: string }[];
  return new Map([
    ['places.tsv', cities.map(({ line }) => line).join('\n')],
    [
      'place-names.tsv',
      names
        .filter((name) => !name.startsWith('\t'))
        .toSorted(byKey)
        .join('\n'),
    ],
    ['regions.tsv', regions.map(({ code, name }) => `${code}\t${name}`).join('\n')],
  ]);
};

const keyOf = (line: string): Buffer => Buffer.from(line.slice(0, line.indexOf('\t')));

/** As SortedLines looks for them. */
export const byKey = (a: string, b: string): number => Buffer.compare(keyOf(a), keyOf(b));
