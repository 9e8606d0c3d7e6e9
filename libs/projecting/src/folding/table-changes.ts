import type { Row, TableSpec } from '#libs/read-store';

/** What a batch does to one table: each key at most once, in one of the three. */
export interface TableChanges {
  readonly table: TableSpec;
  /** Rows whose keys weren't there, as far as is known. */
  readonly adds: readonly Row[];
  /** Rows that may be there already. */
  readonly puts: readonly Row[];
  /** Key columns, at least. */
  readonly removals: readonly Row[];
}

/** Rows of one table: keys by their `keyText`, and first columns of keys by their `branchText`. */
export interface TableKeys {
  readonly table: TableSpec;
  readonly keys: ReadonlyMap<string, Row>;
  readonly branches: ReadonlyMap<string, Row>;
}

/** The rows that were found for what was asked for, and maybe others, by table name and then by `keyText`. */
export type LoadedRows = ReadonlyMap<string, ReadonlyMap<string, Row>>;
