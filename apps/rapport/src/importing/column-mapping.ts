/** What a column of a file can mean. */
export const csvFields = [
  'fullName',
  'givenName',
  'familyName',
  'email',
  'phone',
  'profileUrl',
  'title',
  'employer',
  'summary',
  'experienceYears',
  'location',
  'city',
  'region',
  'country',
  'skills',
  'interests',
  'tags',
  'source',
  'owner',
  'externalId',
  'addedAt',
] as const;
export type CsvField = (typeof csvFields)[number];
/** `custom:` and the key of a custom field. */
export type CustomColumn = `custom:${string}`;

/** Field by column header. Headers are compared without case, spaces, dashes and underscores. */
export type ColumnMapping = ReadonlyMap<string, CsvField | CustomColumn>;

export const headerKey = (header: string): string => header.toLowerCase().replace(/[\s_-]+/g, '');

const CUSTOM = 'custom:';
const isCustom = (field: string): field is CustomColumn => field.startsWith(CUSTOM);

/** The keys of the custom fields that columns are mapped to, by their columns. */
export const customKeys = (mapping: ColumnMapping): ReadonlyMap<CustomColumn, string> =>
  new Map([...mapping.values()].filter(isCustom).map((column) => [column, column.slice(CUSTOM.length)]));

/** Headers of the usual exports. */
const usual: Readonly<Record<string, CsvField>> = {
  name: 'fullName',
  fullname: 'fullName',
  firstname: 'givenName',
  givenname: 'givenName',
  lastname: 'familyName',
  familyname: 'familyName',
  surname: 'familyName',
  email: 'email',
  emailaddress: 'email',
  phone: 'phone',
  phonenumber: 'phone',
  linkedinurl: 'profileUrl',
  profileurl: 'profileUrl',
  url: 'profileUrl',
  title: 'title',
  jobtitle: 'title',
  position: 'title',
  company: 'employer',
  employer: 'employer',
  summary: 'summary',
  experienceyears: 'experienceYears',
  location: 'location',
  city: 'city',
  region: 'region',
  state: 'region',
  country: 'country',
  skills: 'skills',
  interests: 'interests',
  tags: 'tags',
  source: 'source',
  owner: 'owner',
  owneremail: 'owner',
  externalid: 'externalId',
  id: 'externalId',
  createdat: 'addedAt',
  addedat: 'addedAt',
};

/**
 * `overrides` are `Header=field` pairs; a field of `-` leaves the column out.
 * Throws for a field that doesn't exist, naming those that do; which custom fields there are, only the log knows.
 */
export const columnMapping = (overrides: readonly string[] = []): ColumnMapping => {
  const mapping = new Map<string, CsvField | CustomColumn>(Object.entries(usual));
  for (const override of overrides) {
    const at = override.lastIndexOf('=');
    const [header, field] = [override.slice(0, at), override.slice(at + 1)];
    if (at < 1) throw new Error(`--map takes HEADER=FIELD, not "${override}".`);
    if (field === '-') mapping.delete(headerKey(header));
    else if ((csvFields as readonly string[]).includes(field)) mapping.set(headerKey(header), field as CsvField);
    else if (isCustom(field)) mapping.set(headerKey(header), field);
    else throw new Error(`--map: there is no field "${field}". Fields: ${csvFields.join(', ')}, custom:KEY.`);
  }
  return mapping;
};
