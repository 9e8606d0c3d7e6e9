import { parse } from 'csv-parse';
import type { Readable } from 'node:stream';
import { refused, type CandidateRecord, type ParsedRecord } from './candidate-record.js';
import { parseInstant } from './dates.js';
import { parseLocation } from './location-text.js';

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

/** Field by column header. Headers are compared without case, spaces, dashes and underscores. */
export type ColumnMapping = ReadonlyMap<string, CsvField>;

const headerKey = (header: string): string => header.toLowerCase().replace(/[\s_-]+/g, '');

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
 * Throws for a field that doesn't exist, naming those that do.
 */
export const columnMapping = (overrides: readonly string[] = []): ColumnMapping => {
  const mapping = new Map<string, CsvField>(Object.entries(usual));
  for (const override of overrides) {
    const at = override.lastIndexOf('=');
    const [header, field] = [override.slice(0, at), override.slice(at + 1)];
    if (at < 1) throw new Error(`--map takes HEADER=FIELD, not "${override}".`);
    if (field === '-') mapping.delete(headerKey(header));
    else if ((csvFields as readonly string[]).includes(field)) mapping.set(headerKey(header), field as CsvField);
    else throw new Error(`--map: there is no field "${field}". Fields: ${csvFields.join(', ')}.`);
  }
  return mapping;
};

export interface CsvOptions {
  readonly mapping: ColumnMapping;
  /** The system whose ids the `externalId` column has. */
  readonly system: string;
  /** Told the headers that no field is mapped to. */
  readonly onIgnored?: (headers: readonly string[]) => void;
}

interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/** Reads candidates from a CSV file with a header line (RFC 4180; a byte-order mark is fine). Lists are split at `;` or `|`, or else at `,`. */
export async function* readCsvCandidates(
  input: Readable,
  options: CsvOptions,
): AsyncGenerator<ParsedRecord<CandidateRecord>> {
  const parser = input.pipe(
    parse({ bom: true, columns: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: false }),
  );
  input.on('error', (error) => parser.destroy(error));
  let announced = false;
  for await (const { record, info } of parser as AsyncIterable<CsvRow>) {
    if (!announced) {
      announced = true;
      options.onIgnored?.(Object.keys(record).filter((header) => !options.mapping.has(headerKey(header))));
    }
    yield toCandidate(record, info.lines, options);
  }
}

const list = (text: string): string[] => {
  const separator = /[;|]/.test(text) ? /[;|]/ : /,/;
  return [
    ...new Set(
      text
        .split(separator)
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    ),
  ];
};

const toCandidate = (
  record: Readonly<Record<string, string>>,
  line: number,
  { mapping, system }: CsvOptions,
): ParsedRecord<CandidateRecord> => {
  const values = new Map<CsvField, string>();
  for (const [header, value] of Object.entries(record)) {
    const field = mapping.get(headerKey(header));
    if (field !== undefined && value !== '' && !values.has(field)) values.set(field, value);
  }
  const get = (field: CsvField): string | undefined => values.get(field);

  const years = get('experienceYears');
  if (years !== undefined && !/^\d{1,2}([.]\d+)?$/.test(years)) {
    return refused(line, 'bad-number', 'experienceYears must be a number of years, e.g. 7 or 2.5.');
  }
  const added = get('addedAt');
  const addedAt = added === undefined ? undefined : parseInstant(added);
  if (added !== undefined && addedAt === undefined) {
    return refused(line, 'bad-date', 'addedAt must be a date (YYYY-MM-DD) or an ISO 8601 instant with its offset.');
  }
  const email = get('email');
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    return refused(line, 'bad-email', 'email must be one address.');
  }
  const full = get('fullName') ?? [get('givenName'), get('familyName')].filter(Boolean).join(' ');
  const [phone, profileUrl, externalId, source, owner] = [
    get('phone'),
    get('profileUrl'),
    get('externalId'),
    get('source'),
    get('owner'),
  ];
  if (
    full === '' &&
    email === undefined &&
    phone === undefined &&
    profileUrl === undefined &&
    externalId === undefined
  ) {
    return refused(line, 'nobody', 'The record has neither a name nor an email, phone, profile URL or external id.');
  }
  const location = {
    ...parseLocation(get('location') ?? ''),
    ...definedOnly({ city: get('city'), region: get('region') }),
    ...parseLocation(get('country') ?? '', 'country'),
  };
  return {
    line,
    ok: true,
    value: {
      ...(full === ''
        ? {}
        : { name: { full, ...definedOnly({ given: get('givenName'), family: get('familyName') }) } }),
      ...definedOnly({ title: get('title'), employer: get('employer'), summary: get('summary'), addedAt }),
      ...(years === undefined ? {} : { experienceYears: Number(years) }),
      ...(Object.keys(location).length === 0 ? {} : { location }),
      contactPoints: [
        ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
        ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: phone }]),
        ...(profileUrl === undefined ? [] : [{ kind: 'profile-url' as const, value: profileUrl }]),
      ],
      skills: list(get('skills') ?? '').map((name) => ({ name })),
      interests: list(get('interests') ?? ''),
      tags: list(get('tags') ?? ''),
      externalIds: externalId === undefined ? [] : [{ system, id: externalId }],
      ...(source === undefined ? {} : { source: sourceFromName(source) }),
      ...(owner === undefined ? {} : { owner }),
    },
  };
};

/** The field without what is undefined. */
export const definedOnly = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** The kind of a source that a file only names. */
export const sourceFromName = (name: string): NonNullable<CandidateRecord['source']> => {
  const key = name.toLowerCase();
  if (/career/.test(key)) return { kind: 'careers-page', name };
  if (/job ?board|indeed|monster|stepstone/.test(key)) return { kind: 'job-board', name };
  if (/linkedin|xing|github|twitter|facebook/.test(key)) return { kind: 'social-media', name };
  if (/referr/.test(key)) return { kind: 'referral', name };
  if (/event|fair|meetup|conference/.test(key)) return { kind: 'event', name };
  if (/agency/.test(key)) return { kind: 'agency', name };
  return { kind: 'other', name };
};
