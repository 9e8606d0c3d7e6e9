import type { ColumnType, TableSpec } from './table.js';

export type Row = Readonly<Record<string, unknown>>;

/** A value that doesn't fit its column. Says where and what was expected, never the value. */
export class ColumnValueError extends Error {
  constructor(table: string, column: string, expected: string) {
    super(`${table}.${column} takes ${expected}.`);
    this.name = 'ColumnValueError';
  }
}

/** A column ready for use: how a value goes into PostgreSQL as text, and what the driver's value becomes. */
export interface Column {
  readonly name: string;
  /** As PostgreSQL calls it. */
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** The text that PostgreSQL casts to the type; null for null. Throws ColumnValueError. */
  toText(value: unknown): string | null;
  /**
   * This column of many rows as the text of one array: made here, since the driver would look at each element twice for
   * what has to be escaped, also in numbers and times, where nothing has. Throws ColumnValueError.
   */
  toArray(rows: readonly Row[]): string;
  /** From what node-postgres gives by default. */
  fromDriver(value: unknown): unknown;
}

interface Format {
  readonly expected: string;
  /** Whether its text is made of digits and the like, which mean nothing in the text of an array. */
  readonly plain: boolean;
  fits(value: unknown): boolean;
  toText(value: never): string;
}

const arrayElement = (element: string): string =>
  /["\\]/.test(element) ? `"${element.replace(/["\\]/g, '\\$&')}"` : `"${element}"`;
const isBigint = (value: unknown): boolean => typeof value === 'bigint';
const isString = (value: unknown): boolean => typeof value === 'string';

const formats: Readonly<Record<ColumnType, Format>> = {
  uuid: { plain: false, expected: 'a UUID as a string', fits: isString, toText: (value: string) => value },
  text: { plain: false, expected: 'a string', fits: isString, toText: (value: string) => value },
  integer: { plain: true, expected: 'a whole number', fits: Number.isInteger, toText: String },
  bigint: { plain: true, expected: 'a bigint', fits: isBigint, toText: String },
  numeric: { plain: true, expected: 'a bigint', fits: isBigint, toText: String },
  boolean: { plain: true, expected: 'a boolean', fits: (value) => typeof value === 'boolean', toText: String },
  timestamptz: {
    plain: true,
    expected: 'a valid Date',
    fits: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
    toText: (value: Date) => value.toISOString(),
  },
  'text[]': {
    plain: false,
    expected: 'an array of strings',
    fits: (value) => Array.isArray(value) && value.every(isString),
    toText: (value: readonly string[]) => `{${value.map(arrayElement).join(',')}}`,
  },
  'bigint[]': {
    plain: false,
    expected: 'an array of bigints',
    fits: (value) => Array.isArray(value) && value.every(isBigint),
    toText: (value: readonly bigint[]) => `{${value.join(',')}}`,
  },
  // PostgreSQL orders the keys of jsonb itself, so equal values have equal text there.
  jsonb: {
    plain: false,
    expected: 'a JSON value',
    fits: (value) => value !== undefined,
    toText: (value) => JSON.stringify(value),
  },
};

/** What the driver gives as text, since a number couldn't hold it. */
const fromText: Partial<Readonly<Record<ColumnType, (value: unknown) => unknown>>> = {
  bigint: (value) => BigInt(value as string),
  numeric: (value) => BigInt(value as string),
  'bigint[]': (value) => (value as readonly string[]).map(BigInt),
};

const compileColumn = (table: TableSpec, name: string): Column => {
  const spec = table.columns[name];
  if (spec === undefined) throw new Error(`${table.name} has no column "${name}".`);
  const nullable = spec.endsWith('?');
  const type = (nullable ? spec.slice(0, -1) : spec) as ColumnType;
  const format = formats[type];
  const exact = fromText[type];
  const toText = (value: unknown): string | null => {
    if (value === null && nullable) return null;
    if (!format.fits(value)) throw new ColumnValueError(table.name, name, format.expected);
    return format.toText(value as never);
  };
  const element = (text: string | null): string => {
    if (text === null) return 'NULL';
    return format.plain ? text : arrayElement(text);
  };
  return {
    name,
    type,
    nullable,
    toText,
    toArray: (rows) => `{${rows.map((row) => element(toText(row[name]))).join(',')}}`,
    fromDriver: (value) => (value !== null && exact ? exact(value) : value),
  };
};

export interface Columns {
  readonly all: readonly Column[];
  /** The primary key's, in its order. */
  readonly key: readonly Column[];
}

const compiled = new WeakMap<TableSpec, Columns>();

/** The columns of a table, compiled once. */
export const columnsOf = (table: TableSpec): Columns => {
  let columns = compiled.get(table);
  if (!columns) {
    const all = Object.keys(table.columns).map((name) => compileColumn(table, name));
    const key = table.key.map((name) => compileColumn(table, name));
    const unfit = key.find(({ type, nullable }) => nullable || type === 'jsonb' || type.endsWith('[]'));
    if (key.length === 0 || unfit) throw new Error(`${table.name} needs a primary key of plain, required columns.`);
    columns = { all, key };
    compiled.set(table, columns);
  }
  return columns;
};

/** Names a row of a table in memory: equal for equal keys. Throws ColumnValueError for a key that isn't whole. */
export const keyText = (table: TableSpec, row: Row): string => {
  const { key } = columnsOf(table);
  const [only] = key;
  if (key.length === 1 && only) return only.toText(row[only.name]) ?? '';
  // No text in PostgreSQL holds a NUL.
  return key.map((column) => column.toText(row[column.name])).join('\0');
};

/** The first columns of a table's key, as many as `under` names. Throws for what isn't a beginning of the key. */
export const branchColumns = (table: TableSpec, under: Row): readonly Column[] => {
  const { key } = columnsOf(table);
  const count = Object.keys(under).length;
  const columns = key.slice(0, count);
  if (count === 0 || count >= key.length || columns.some(({ name }) => !(name in under)))
    throw new Error(
      `Rows of ${table.name} can't be named by ${Object.keys(under).join(', ')}: the key doesn't begin so.`,
    );
  return columns;
};

/** Names a branch of a table in memory: equal for rows whose keys begin with equal values. */
export const branchText = (columns: readonly Column[], row: Row): string =>
  columns.map((column) => column.toText(row[column.name])).join('\0');
