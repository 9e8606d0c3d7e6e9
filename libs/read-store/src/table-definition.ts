import type { SqlExecutor } from './database.js';
import { columnsOf } from './columns.js';
import type { TableSpec } from './table.js';

/** An identifier as SQL. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const qualified = (schema: string, name: string): string => `${identifier(schema)}.${identifier(name)}`;

/** What PostgreSQL calls things is cut off here, in silence. */
const MAX_IDENTIFIER = 63;

/** The columns, for a select list or an insert. */
export const columnList = (table: TableSpec): string =>
  columnsOf(table)
    .all.map(({ name }) => identifier(name))
    .join(', ');

/** The statements that make a table and its indexes under the given name. */
export const tableStatements = (schema: string, name: string, table: TableSpec): string[] => {
  if (Buffer.byteLength(name) > MAX_IDENTIFIER) throw new Error(`The table name ${name} is longer than 63 bytes.`);
  const { all, key } = columnsOf(table);
  const columns = all.map((column) => `${identifier(column.name)} ${column.type}${column.nullable ? '' : ' NOT NULL'}`);
  const primary = `PRIMARY KEY (${key.map((column) => identifier(column.name)).join(', ')})`;
  const target = qualified(schema, name);
  return [
    `CREATE TABLE ${target} (${[...columns, primary].join(', ')})`,
    ...table.indexes.map((index) => `CREATE INDEX ON ${target} ${index}`),
  ];
};

/** Makes a table and its indexes under the given name, which must be free. */
export const createTable = async (sql: SqlExecutor, schema: string, name: string, table: TableSpec): Promise<void> => {
  for (const statement of tableStatements(schema, name, table)) await sql.query(statement);
};
