import { from as copyFrom } from 'pg-copy-streams';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { branchColumns, columnsOf, type Column, type Row } from './columns.js';
import type { SqlExecutor, Transaction } from './database.js';
import { columnList, identifier } from './table-definition.js';
import type { TableSpec } from './table.js';

/**
 * One array of text a column, cast in the statement: an array of arrays would be two-dimensional, and must be
 * rectangular, so that a text[] column could not be passed as itself.
 */
const unnested = (columns: readonly Column[]): { from: string; values: string[] } => ({
  from: `unnest(${columns.map((_, i) => `$${i + 1}::text[]`).join(', ')}) AS u (${columns.map((_, i) => `c${i}`).join(', ')})`,
  values: columns.map(({ type }, i) => `u.c${i}::${type}`),
});

const parameters = (columns: readonly Column[], rows: readonly Row[]): string[] =>
  columns.map((column) => column.toArray(rows));

/**
 * Writes all rows with one statement; rows whose key is there already are replaced. A key may come only once.
 * @param target the qualified name of the table, as SQL
 */
export const upsert = async (
  sql: SqlExecutor,
  target: string,
  table: TableSpec,
  rows: readonly Row[],
): Promise<void> => {
  if (rows.length === 0) return;
  const { all, key } = columnsOf(table);
  const { from, values } = unnested(all);
  const others = all.filter(({ name }) => !table.key.includes(name)).map(({ name }) => identifier(name));
  const conflict = key.map(({ name }) => identifier(name)).join(', ');
  const action =
    others.length === 0 ? 'NOTHING' : `UPDATE SET ${others.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`;
  await sql.query(
    `INSERT INTO ${target} (${columnList(table)}) SELECT ${values.join(', ')} FROM ${from} ON CONFLICT (${conflict}) DO ${action}`,
    parameters(all, rows),
    { prepared: true },
  );
};

/** Deletes the rows with these keys with one statement; keys that aren't there are no error. */
export const remove = async (
  sql: SqlExecutor,
  target: string,
  table: TableSpec,
  keys: readonly Row[],
): Promise<void> => {
  if (keys.length === 0) return;
  const { key } = columnsOf(table);
  const { from, values } = unnested(key);
  const match = key.map(({ name }, i) => `t.${identifier(name)} = ${values[i]}`).join(' AND ');
  await sql.query(`DELETE FROM ${target} t USING ${from} WHERE ${match}`, parameters(key, keys), { prepared: true });
};

/** The rows with these keys, with one statement, in no particular order; values as `ColumnValues` says. */
export const loadRows = async (
  sql: SqlExecutor,
  target: string,
  table: TableSpec,
  keys: readonly Row[],
): Promise<Row[]> => (keys.length === 0 ? [] : loadBy(sql, target, table, columnsOf(table).key, keys));

/** The rows whose keys begin with these, as `loadRows` gives them; all of `under` name the same columns, each branch once. */
export const loadBranches = async (
  sql: SqlExecutor,
  target: string,
  table: TableSpec,
  under: readonly Row[],
): Promise<Row[]> => {
  const [first] = under;
  return first ? loadBy(sql, target, table, branchColumns(table, first), under) : [];
};

const loadBy = async (
  sql: SqlExecutor,
  target: string,
  table: TableSpec,
  columns: readonly Column[],
  wanted: readonly Row[],
): Promise<Row[]> => {
  const { from, values } = unnested(columns);
  const match = columns.map(({ name }, i) => `t.${identifier(name)} = ${values[i]}`).join(' AND ');
  const select = columnsOf(table)
    .all.map(({ name }) => `t.${identifier(name)}`)
    .join(', ');
  const statement = `SELECT ${select} FROM ${from} JOIN ${target} t ON ${match}`;
  const rows = await sql.query(statement, parameters(columns, wanted), { prepared: true });
  return rows.map((row) => fromDriverRow(table, row));
};

/** A row as node-postgres gives it, with the values that `ColumnValues` names. */
export const fromDriverRow = (table: TableSpec, row: Row): Row => {
  const converted: Record<string, unknown> = {};
  for (const column of columnsOf(table).all) converted[column.name] = column.fromDriver(row[column.name]);
  return converted;
};

const copyEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const copyField = (text: string | null): string => {
  if (text === null) return '\\N';
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (character) => copyEscapes[character] ?? character)
    : text;
};

/** Rows that go to the server as one piece; a write for each row would cost more than the rows. */
const COPY_CHUNK = 500;

const copyLine = (columns: readonly Column[], row: Row): string =>
  `${columns.map((column) => copyField(column.toText(row[column.name]))).join('\t')}\n`;

const copyText = (columns: readonly Column[], rows: Iterable<Row>): string[] => {
  const pieces: string[] = [];
  let lines = 0;
  for (const row of rows) {
    const line = copyLine(columns, row);
    if (lines++ % COPY_CHUNK === 0) pieces.push(line);
    else pieces[pieces.length - 1] += line;
  }
  return pieces;
};

/**
 * Adds rows with COPY, the fastest way in; a key that's there already is an error. Throws ColumnValueError before anything is
 * sent.
 */
export const copyIn = async (tx: Transaction, target: string, table: TableSpec, rows: Iterable<Row>): Promise<void> => {
  const pieces = copyText(columnsOf(table).all, rows);
  const stream = tx.client.query(copyFrom(`COPY ${target} (${columnList(table)}) FROM STDIN`));
  await pipeline(Readable.from(pieces, { objectMode: true }), stream);
};
