import { LRUCache } from 'lru-cache';
import { dataFile, lazily } from '../data/data-file.js';
import { SortedLines } from '../data/sorted-lines.js';
import { citiesAlsoCalled } from './also-called.js';
import { countryNames } from './countries.js';
import { placeKey } from './place-key.js';

/** A city: `region` by its name, `country` as ISO 3166-1 alpha-2, degrees in WGS 84. */
export interface Place {
  readonly city: string;
  readonly region?: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** One of the cities that a name may mean. */
export interface Namesake {
  readonly place: Place;
  /** As GeoNames codes it; in the US the state's two letters. */
  readonly regionCode: string;
  /** How likely it's meant, without anything else known: people who live there, a twentieth of them for a name that isn't its own. */
  readonly weight: number;
  /** Whether the name means this city and no other one, as "NYC" does. */
  readonly only?: true;
}

/** "Frisco" is the town in Texas (180,000), not San Francisco (860,000); "Roma" is Rome, not the town in Texas (11,000). */
const otherNameWeighs = 0.05;

/** A line of places.tsv by its number, without a string for each of 119,000. */
class NumberedLines {
  private readonly starts: Uint32Array;

  constructor(private readonly lines: Buffer) {
    const starts: number[] = [0];
    for (let at = lines.indexOf(0x0a); at !== -1; at = lines.indexOf(0x0a, at + 1)) starts.push(at + 1);
    this.starts = Uint32Array.from(starts);
  }

  get(number: number): string[] {
    return this.lines
      .toString('utf8', this.starts[number], (this.starts[number + 1] ?? this.lines.length + 1) - 1)
      .split('\t');
  }
}

/** The list of places: GeoNames' cities of at least 1,000 people, and seats of regions. About 9 MB outside the heap. */
class PlaceList {
  private readonly cities = new NumberedLines(dataFile('places.tsv.gz'));
  private readonly names = new SortedLines(dataFile('place-names.tsv.gz'));
  /** Names of regions by `<country>.<code>`. */
  private readonly regions = new Map(
    dataFile('regions.tsv.gz')
      .toString('utf8')
      .split('\n')
      .map((line) => line.split('\t') as [string, string]),
  );
  private readonly regionCodes = codesByName(this.regions);
  private readonly countries = countryNames(new Set([...this.regions.keys()].map((code) => code.slice(0, 2))));

  /** Most people live in few cities, and "San Jose" may be 34. */
  private readonly recent = new LRUCache<string, readonly Namesake[]>({ max: 2_000 });

  /** All the cities that a name may mean. */
  namesakes(name: string): Namesake[] {
    const key = placeKey(name);
    const [city, region, country] = citiesAlsoCalled.get(key) ?? [];
    const also = city === undefined ? [] : this.namesakes(city);
    return [
      ...also
        .filter((one) => one.place.country === country && (!region || one.regionCode === region))
        .map((one) => ({ ...one, only: true as const })),
      ...this.called(key),
    ];
  }

  private called(key: string): readonly Namesake[] {
    const known = this.recent.get(key);
    if (known) return known;
    const read = this.read(key);
    this.recent.set(key, read);
    return read;
  }

  private read(key: string): Namesake[] {
    return this.names.find(key).map((found) => {
      const [city = '', regionCode = '', country = '', latitude, longitude, population] = this.cities.get(
        Number(found.slice(1)),
      );
      const region = this.regions.get(`${country}.${regionCode}`);
      return {
        place: {
          city,
          ...(region ? { region } : {}),
          country,
          latitude: Number(latitude),
          longitude: Number(longitude),
        },
        regionCode,
        weight: (Number(population) + 1) * (found.startsWith('=') ? 1 : otherNameWeighs),
      };
    });
  }

  /** The regions that somebody may mean, as `<country>.<code>`: "TX" and "Texas" are US.TX, "CA" is several. */
  regionsNamed(name: string): ReadonlySet<string> {
    const key = placeKey(name);
    const code = key.toUpperCase();
    const coded = /^[A-Z]{2,3}$/.test(code)
      ? ['US', 'CA'].map((country) => `${country}.${regionCode(country, code)}`)
      : [];
    return new Set([...(this.regionCodes.get(key) ?? []), ...coded.filter((one) => this.regions.has(one))]);
  }

  /** The name of a region by `<country>.<code>`. */
  regionName(code: string): string | undefined {
    return this.regions.get(code);
  }

  /** ISO 3166-1 alpha-2 of a country by its name or code. */
  countryNamed(name: string): string | undefined {
    return this.countries.get(placeKey(name));
  }
}

const codesByName = (regions: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> => {
  const codes = new Map<string, string[]>();
  for (const [code, name] of regions) {
    const key = placeKey(name);
    codes.set(key, [...(codes.get(key) ?? []), code]);
  }
  return codes;
};

/** GeoNames numbers Canada's provinces; people write their letters. */
const provinces: Readonly<Record<string, string>> = {
  AB: '01',
  BC: '02',
  MB: '03',
  NB: '04',
  NL: '05',
  NS: '07',
  ON: '08',
  PE: '09',
  QC: '10',
  SK: '11',
  YT: '12',
  NT: '13',
  NU: '14',
};
const regionCode = (country: string, code: string): string => (country === 'CA' ? (provinces[code] ?? code) : code);

export const placeList = lazily(() => new PlaceList());
