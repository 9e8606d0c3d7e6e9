import {
  ANY_VALUE,
  countedValues,
  MOST_WHO_SHARE_A_KEY,
  reviewKeys,
  type CountedValue,
  type Features,
} from '#libs/identity';
import { row, type LoadedSoFar, type RowRef, type Rows } from '#libs/projecting';
import { duplicateKeys, duplicateValues } from './tables.js';

/** Everybody: whoever they are, they tell this. */
export const everybody: CountedValue = { field: 'candidate', value: ANY_VALUE };

/** What a record has a part in. Made once of each: a batch is folded several times. */
interface Part {
  readonly keys: readonly bigint[];
  readonly values: readonly CountedValue[];
  readonly refs: readonly RowRef[];
}
const parts = new WeakMap<Features, Part>();

const partOf = (person: Features): Part => {
  const known = parts.get(person);
  if (known) return known;
  const keys = reviewKeys(person);
  const values = [everybody, ...countedValues(person)];
  const refs = [...keys.map((key) => row(duplicateKeys, { key })), ...values.map(countRow)];
  const part = { keys, values, refs };
  parts.set(person, part);
  return part;
};

export const countRow = ({ field, value }: CountedValue): RowRef => row(duplicateValues, { field, value });

/** The rows that a record has a part in. */
export const rowsOfRecord = (person: Features): readonly RowRef[] => partOf(person).refs;

/** How many have a value, by rows that were loaded. */
export const countIn =
  (rows: Rows) =>
  ({ field, value }: CountedValue): number =>
    rows.fetch(duplicateValues, { field, value })?.candidates ?? 0;

/** The same by rows that may not be loaded yet: undefined then. */
export const countSoFar =
  (loaded: LoadedSoFar) =>
  ({ field, value }: CountedValue): number | undefined => {
    const known = loaded.peek(duplicateValues, { field, value });
    return known === undefined ? undefined : (known?.candidates ?? 0);
  };

/** Who shares a key with a record, by the rows that are loaded. */
export const sharingKeys = (loaded: LoadedSoFar, person: Features): ReadonlySet<string> => {
  const ids = new Set<string>();
  for (const key of partOf(person).keys)
    for (const id of loaded.peek(duplicateKeys, { key })?.candidates ?? []) ids.add(id);
  return ids;
};

const count = (rows: Rows, person: Features, by: 1 | -1): void => {
  for (const { field, value } of partOf(person).values) {
    const candidates = countIn(rows)({ field, value }) + by;
    if (candidates > 0) rows.put(duplicateValues, { field, value, candidates });
    else rows.remove(duplicateValues, { field, value });
  }
};

/** Takes a record out of everything that it had a part in. Its rows have to be loaded. */
export const takeOut = (rows: Rows, id: string, person: Features): void => {
  count(rows, person, -1);
  for (const key of partOf(person).keys) {
    const known = rows.fetch(duplicateKeys, { key });
    if (!known || known.full) continue;
    const candidates = known.candidates.filter((one) => one !== id);
    if (candidates.length > 0) rows.put(duplicateKeys, { ...known, candidates });
    else rows.remove(duplicateKeys, { key });
  }
};

/** Puts a record in, and gives whom it shares a key with. Its rows have to be loaded. */
export const putIn = (rows: Rows, id: string, person: Features): ReadonlySet<string> => {
  count(rows, person, 1);
  const met = new Set<string>();
  for (const key of partOf(person).keys) {
    const known = rows.fetch(duplicateKeys, { key });
    if (known?.full) continue;
    const before = known?.candidates ?? [];
    for (const other of before) met.add(other);
    const full = before.length === MOST_WHO_SHARE_A_KEY;
    rows.put(duplicateKeys, { key, candidates: full ? [] : [...before, id], full });
  }
  return met;
};
