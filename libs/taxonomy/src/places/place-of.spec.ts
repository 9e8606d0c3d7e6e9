import { describe, expect, it } from '@jest/globals';
import { cityNamed, placeOf, placesMeant, type NamedCity, type StatedLocation } from './place-of.js';
import { countryCode, regionNames } from './regions-and-countries.js';

const shown = (stated: StatedLocation | string): string | undefined => {
  const place = placeOf(stated);
  return place && [place.city, place.region, place.country].join(', ');
};

describe('A stated location', () => {
  it('is a city with its region, country and coordinates', () => {
    const austin = placeOf({ city: 'Austin', region: 'TX', country: 'US' });
    expect(austin).toMatchObject({ city: 'Austin', region: 'Texas', country: 'US' });
    expect(austin?.latitude).toBeCloseTo(30.27, 1);
    expect(austin?.longitude).toBeCloseTo(-97.74, 1);
  });

  it.each<[StatedLocation | string, string]>([
    ['Austin', 'Austin, Texas, US'],
    [{ city: 'Austin', region: 'Texas' }, 'Austin, Texas, US'],
    [{ city: 'Austin', region: 'MN', country: 'US' }, 'Austin, Minnesota, US'],
    ['Austin, TX', 'Austin, Texas, US'],
    ['Austin, Texas, USA', 'Austin, Texas, US'],
    ['Austin, Texas Metropolitan Area', 'Austin, Texas, US'],
    ['austin (remote)', 'Austin, Texas, US'],
    [{ city: 'Springfield', region: 'Massachusetts', country: 'US' }, 'Springfield, Massachusetts, US'],
    [{ city: 'Portland', region: 'ME', country: 'US' }, 'Portland, Maine, US'],
    ['Portland', 'Portland, Oregon, US'],
    ['London', 'London, England, GB'],
    ['Greater London Area', 'London, England, GB'],
    ['London, ON', 'London, Ontario, CA'],
    [{ city: 'London', country: 'CA' }, 'London, Ontario, CA'],
    ['London, England, United Kingdom', 'London, England, GB'],
    ['Vancouver, CA', 'Vancouver, British Columbia, CA'],
    ['San Diego, CA', 'San Diego, California, US'],
    ['Berlin, DE', 'Berlin, State of Berlin, DE'],
    ['Berlin, Deutschland', 'Berlin, State of Berlin, DE'],
    ['München', 'Munich, Bavaria, DE'],
    ['Munich', 'Munich, Bavaria, DE'],
    ['Muenchen, Germany', 'Munich, Bavaria, DE'],
    [{ city: 'Zürich', country: 'CH' }, 'Zürich, Zurich, CH'],
    [{ city: 'Zurich', country: 'CH' }, 'Zürich, Zurich, CH'],
    [{ city: 'Frankfurt', country: 'DE' }, 'Frankfurt am Main, Hesse, DE'],
    ['NYC', 'New York City, New York, US'],
    [{ city: 'New York', region: 'NY', country: 'US' }, 'New York City, New York, US'],
    ['SF', 'San Francisco, California, US'],
    ['San Francisco Bay Area', 'San Francisco, California, US'],
    ['Frisco', 'Frisco, Texas, US'],
    ['Roma', 'Rome, Lazio, IT'],
    [{ city: 'Roma', region: 'TX', country: 'US' }, 'Roma, Texas, US'],
    ['St. Louis', 'St. Louis, Missouri, US'],
    ['Saint Louis, MO', 'St. Louis, Missouri, US'],
    ['Washington, DC', 'Washington, District of Columbia, US'],
    ['Bangalore', 'Bengaluru, Karnataka, IN'],
    ['Paris', 'Paris, Île-de-France, FR'],
    [{ city: 'Paris', region: 'Texas', country: 'US' }, 'Paris, Texas, US'],
    [{ city: 'Austin', region: 'Travis County', country: 'US' }, 'Austin, Texas, US'],
    ['São Paulo - Brasil', 'São Paulo, São Paulo, BR'],
    ['Singapore', 'Singapore, , SG'],
  ])('%j is %s', (stated, expected) => {
    expect(shown(stated)).toBe(expected);
  });

  it.each<StatedLocation | string>([
    'Remote',
    '',
    ' , ',
    'constructor',
    { country: 'US' },
    { region: 'Texas', country: 'US' },
    { city: 'Springfield', region: 'Utah', country: 'US' },
    { city: 'Austin', country: 'DE' },
    { city: 'Xyzzyville', region: 'TX', country: 'US' },
    'Austin, TX, USA, a, b, c, d, e, f',
  ])('%j is nowhere that can be told', (stated) => {
    expect(placeOf(stated)).toBeUndefined();
  });
});

describe('Places that may be meant', () => {
  const meant = (stated: StatedLocation): string[] =>
    placesMeant(stated).map((place) => [place.city, place.region, place.country].join(', '));

  it.each<[StatedLocation, string[]]>([
    [{ city: 'Austin' }, ['Austin, Texas, US']],
    [{ city: 'Portland' }, ['Portland, Oregon, US']],
    [{ city: 'Portland, ME' }, ['Portland, Maine, US']],
    [{ city: 'NYC' }, ['New York City, New York, US']],
    [{ city: 'London' }, ['London, England, GB']],
    [{ city: 'Berlin', country: 'Germany' }, ['Berlin, State of Berlin, DE']],
    [{ city: 'Cambridge' }, ['Cambridge, England, GB', 'Cambridge, Ontario, CA', 'Cambridge, Massachusetts, US']],
    [{ city: 'Cambridge', country: 'US' }, ['Cambridge, Massachusetts, US']],
    [{ city: 'Springfield', region: 'MO' }, ['Springfield, Missouri, US']],
    [{ city: 'Xyzzyville' }, []],
    [{ city: 'Austin', country: 'DE' }, []],
  ])('by %j are %j', (stated, expected) => {
    expect(meant(stated)).toEqual(expected);
  });

  it('are several where nothing tells them apart', () => {
    expect(meant({ city: 'Springfield' }).length).toBeGreaterThan(2);
    expect(meant({ city: 'Springfield' })[0]).toBe('Springfield, Missouri, US');
  });
});

describe('A city that is asked for', () => {
  it.each<[string, NamedCity | undefined]>([
    ['Portland', { city: 'Portland' }],
    ['Portland, ME', { city: 'Portland', region: 'Maine', country: 'US' }],
    ['Portland, Maine, USA', { city: 'Portland', region: 'Maine', country: 'US' }],
    ['Portland, USA', { city: 'Portland', country: 'US' }],
    ['Portland (remote)', { city: 'Portland' }],
    ['München', { city: 'Munich' }],
    ['Vancouver, CA', { city: 'Vancouver', country: 'CA' }],
    ['San Diego, CA', { city: 'San Diego', region: 'California', country: 'US' }],
    ['London, England', { city: 'London', region: 'England', country: 'GB' }],
    ['Washington, DC', { city: 'Washington', region: 'District of Columbia', country: 'US' }],
    ['Washington DC', { city: 'Washington', region: 'District of Columbia', country: 'US' }],
    ['NYC', { city: 'New York City', region: 'New York', country: 'US' }],
    ['Remote', undefined],
    [' , ', undefined],
    ['Austin, TX, USA (remote), on site / two days, Mondays', { city: 'Austin', region: 'Texas', country: 'US' }],
    ['Austin, TX, USA, a, b, c, d, e, f', undefined],
  ])('as %j is %j', (text, expected) => {
    expect(cityNamed(text)).toEqual(expected);
  });

  it('is looked up in a moment, however much is said beside it', () => {
    const texts = Array.from({ length: 100 }, (_, n) => `San Jose,${'a,'.repeat(93)}${n}`);
    const start = performance.now();
    for (const text of texts) cityNamed(text);
    // 5 s where each part was looked up for each of the 34 cities of that name.
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('A region', () => {
  it('is the same by its name and by its letters, within its country', () => {
    expect(regionNames('TX')).toEqual(['Texas']);
    expect(regionNames('texas')).toEqual(['Texas']);
    expect(regionNames('ON')).toEqual(['Ontario']);
    expect(regionNames('WA', 'AU')).toEqual([]);
    expect(regionNames('WA', 'US')).toEqual(['Washington']);
    expect(regionNames('Travis County')).toEqual([]);
  });
});

describe('A country', () => {
  it('is its code, however it is written', () => {
    expect(['Germany', 'deutschland', 'DE', 'USA', 'United States', 'nowhere'].map(countryCode)).toEqual([
      'DE',
      'DE',
      'DE',
      'US',
      'US',
      undefined,
    ]);
  });
});
