import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { PersonRecord } from '#libs/identity';

/** A file of people of whom it's known who is who. */
export interface LabelledPeople {
  readonly records: readonly PersonRecord[];
  /** Of each record, who it is; undefined where nobody said. */
  readonly truth: readonly (string | undefined)[];
}

/** Names that a column may have. Birth dates and national numbers aren't among them: a CRM has none. */
const columns = {
  id: ['unique_id', 'rec_id', 'id'],
  given: ['first_name', 'given_name', 'firstname'],
  family: ['surname', 'last_name', 'family_name', 'lastname'],
  full: ['name', 'full_name'],
  email: ['email', 'emails'],
  phone: ['phone', 'phones'],
  profile: ['profile_url', 'linkedin', 'url'],
  city: ['city', 'suburb', 'town'],
  postcode: ['postcode', 'zip', 'postal_code'],
  house: ['street_number'],
  street: ['street', 'address', 'address_1'],
  employer: ['employer', 'company'],
  cluster: ['cluster', 'person', 'entity'],
} as const;

type Row = Readonly<Record<string, string>>;

const cell = (row: Row, names: readonly string[]): string | undefined => {
  for (const name of names) if (row[name] !== undefined && row[name] !== '') return row[name];
  return undefined;
};
const list = (value: string | undefined): string[] => value?.split(/[;|]/).filter((one) => one !== '') ?? [];

/** FEBRL names them so: `rec-12-org` is the original of `rec-12-dup-0`. */
const febrlPerson = (id: string): string | undefined => /^(rec-\d+)-(?:org|dup-\d+)$/.exec(id)?.[1];

/** People of labels: pairs of ids with a score of at least a half are one person. */
const labelledPeople = (labels: string): Map<string, string> => {
  const person = new Map<string, string>();
  for (const row of readCsv(labels)) {
    const [left, right] = [row.unique_id_l, row.unique_id_r];
    if (left === undefined || right === undefined)
      throw new Error(`${labels}: a row without unique_id_l and unique_id_r.`);
    const [a, b] = [person.get(left) ?? left, person.get(right) ?? right];
    for (const one of [left, right]) if (!person.has(one)) person.set(one, one);
    if (Number(row.clerical_match_score ?? 1) < 0.5 || a === b) continue;
    for (const [id, who] of person) if (who === b) person.set(id, a);
    person.set(left, a).set(right, a);
  }
  return person;
};

const readCsv = (file: string): Row[] =>
  parse(readFileSync(file), { columns: true, trim: true, bom: true, skip_empty_lines: true }) as Row[];

/** Who is who comes from a file of judged pairs, a `cluster` column, or ids as FEBRL gives them. */
export const readPeople = (file: string, labels?: string): LabelledPeople => {
  const rows = readCsv(file);
  const known = labels === undefined ? undefined : labelledPeople(labels);
  const idOf = (row: Row, index: number): string => cell(row, columns.id) ?? String(index);
  return {
    records: rows.map((row, index) => ({
      id: idOf(row, index),
      givenName: cell(row, columns.given),
      familyName: cell(row, columns.family),
      fullName: cell(row, columns.full),
      emails: list(cell(row, columns.email)),
      phones: list(cell(row, columns.phone)),
      profileUrls: list(cell(row, columns.profile)),
      city: cell(row, columns.city),
      postcode: cell(row, columns.postcode),
      street: [cell(row, columns.house), cell(row, columns.street)].filter((part) => part !== undefined).join(' '),
      employer: cell(row, columns.employer),
    })),
    truth: rows.map((row, index) => {
      const id = idOf(row, index);
      return known ? known.get(id) : (cell(row, columns.cluster) ?? febrlPerson(id));
    }),
  };
};
