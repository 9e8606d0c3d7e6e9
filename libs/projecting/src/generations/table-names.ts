import { qualified, type TableSpec } from '#libs/read-store';
import type { GenerationId } from '../checkpoints/checkpoint.js';

/** The schema that read models live in. */
export const READ_SCHEMA = 'read';

/** Where the tables of one set of rows lie: a generation, or a scratch copy. */
export interface TableNames {
  readonly schema: string;
  /** Without the schema, unquoted. */
  nameOf(table: string): string;
}

/** The tables of one generation: `read.<table>_v<version>`, and for later builds `read.<table>_v<version>_b<build>`. */
export const generationTables = ({ version, build }: Pick<GenerationId, 'version' | 'build'>): TableNames => ({
  schema: READ_SCHEMA,
  nameOf: (table) => (build === 1 ? `${table}_v${version}` : `${table}_v${version}_b${build}`),
});

/** A copy in a schema of its own, under the tables' plain names. */
export const scratchTables = (schema: string): TableNames => ({ schema, nameOf: (table) => table });

/** The qualified name, as SQL. */
export const targetOf = (names: TableNames, table: Pick<TableSpec, 'name'>): string =>
  qualified(names.schema, names.nameOf(table.name));

/** The view over the live generation of a table, as SQL: what queries read. */
export const liveTable = (table: Pick<TableSpec, 'name'>): string => qualified(READ_SCHEMA, table.name);
