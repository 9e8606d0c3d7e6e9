import { parse } from 'csv-parse';
import type { Readable } from 'node:stream';
import type { CustomFields } from '#libs/candidates';
import { refused, taken, type CandidateRecord, type ParsedRecord } from './candidate-record.js';
import { customKeys, headerKey, type ColumnMapping, type CsvField, type CustomColumn } from './column-mapping.js';
import { customCell } from './custom-cells.js';
import { parseInstant } from './dates.js';
import { listIn } from './list-in.js';
import { parseLocation } from './location-text.js';

export interface CsvOptions {
  readonly mapping: ColumnMapping;
  /** The system whose ids the `externalId` column has. */
  readonly system: string;
  /** Those that there are, for columns that are mapped to them. */
  readonly customFields?: CustomFields;
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

const toCandidate = (
  record: Readonly<Record<string, string>>,
  line: number,
  { mapping, system, customFields }: CsvOptions,
): ParsedRecord<CandidateRecord> => {
  const values = new Map<CsvField | CustomColumn, string>();
  for (const [header, value] of Object.entries(record)) {
    const field = mapping.get(headerKey(header));
    if (field !== undefined && value !== '' && !values.has(field)) values.set(field, value);
  }
  const get = (field: CsvField | CustomColumn): string | undefined => values.get(field);

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
  const own: Record<string, unknown> = {};
  for (const [column, key] of customKeys(mapping)) {
    const [field, cell] = [customFields?.get(key), get(column)];
    if (!field || cell === undefined) continue;
    const value = customCell(field, cell);
    if (!value.ok) return refused(line, 'bad-custom-value', `${column} ${value.error}.`);
    own[key] = value.value;
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
  return taken(line, {
    ...(full === '' ? {} : { name: { full, ...definedOnly({ given: get('givenName'), family: get('familyName') }) } }),
    ...definedOnly({ title: get('title'), employer: get('employer'), summary: get('summary'), addedAt }),
    ...(years === undefined ? {} : { experienceYears: Number(years) }),
    ...(Object.keys(location).length === 0 ? {} : { location }),
    contactPoints: [
      ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
      ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: phone }]),
      ...(profileUrl === undefined ? [] : [{ kind: 'profile-url' as const, value: profileUrl }]),
    ],
    skills: listIn(get('skills') ?? '').map((name) => ({ name })),
    interests: listIn(get('interests') ?? ''),
    tags: listIn(get('tags') ?? ''),
    externalIds: externalId === undefined ? [] : [{ system, id: externalId }],
    ...(source === undefined ? {} : { source: sourceFromName(source) }),
    ...(owner === undefined ? {} : { owner }),
    ...(Object.keys(own).length === 0 ? {} : { customFields: own }),
  });
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
