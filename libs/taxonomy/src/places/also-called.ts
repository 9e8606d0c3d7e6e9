/** City, region, country. */
const also: Readonly<Record<string, readonly [city: string, region: string, country: string]>> = {
  atl: ['Atlanta', 'GA', 'US'],
  'bay area': ['San Francisco', 'CA', 'US'],
  chi: ['Chicago', 'IL', 'US'],
  dc: ['Washington', 'DC', 'US'],
  dfw: ['Dallas', 'TX', 'US'],
  la: ['Los Angeles', 'CA', 'US'],
  nola: ['New Orleans', 'LA', 'US'],
  ny: ['New York City', 'NY', 'US'],
  nyc: ['New York City', 'NY', 'US'],
  philly: ['Philadelphia', 'PA', 'US'],
  'raleigh durham': ['Raleigh', 'NC', 'US'],
  'research triangle': ['Raleigh', 'NC', 'US'],
  sf: ['San Francisco', 'CA', 'US'],
  'san francisco bay': ['San Francisco', 'CA', 'US'],
  'silicon valley': ['San Jose', 'CA', 'US'],
  slc: ['Salt Lake City', 'UT', 'US'],
  'twin cities': ['Minneapolis', 'MN', 'US'],
  vegas: ['Las Vegas', 'NV', 'US'],
  'washington dc': ['Washington', 'DC', 'US'],
  'washington d c': ['Washington', 'DC', 'US'],
  frankfurt: ['Frankfurt am Main', '', 'DE'],
};

/** Names that people write for a city and the list of places doesn't have, or has for another: Rapport's own. */
export const citiesAlsoCalled = new Map(Object.entries(also));
