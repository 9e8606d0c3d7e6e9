import type { Row, TableSpec } from '#libs/read-store';

/** What a batch does to one table: each key at most once, in one of the two. */
export interface TableChanges {
  readonly table: TableSpec;
  readonly puts: readonly Row[];
  /** Key columns, at least. */
  readonly removals: readonly Row[];
}

/** Keys of rows of one table, each once. */
export interface TableKeys {
  readonly table: TableSpec;
  readonly keys: readonly Row[];
}

/** The rows that were found for the keys asked for, by table name and then by `keyText`. */
export type LoadedRows = ReadonlyMap<string, ReadonlyMap<string, Row>>;
