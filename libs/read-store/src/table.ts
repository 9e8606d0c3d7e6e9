/** PostgreSQL types that rows of a read model are made of, with the JavaScript value that stands for each. */
export interface ColumnValues {
  uuid: string;
  text: string;
  integer: number;
  /** Whole numbers, exact. */
  bigint: bigint;
  /** Whole numbers of any size, exact (numeric without fraction). */
  numeric: bigint;
  boolean: boolean;
  timestamptz: Date;
  /** One-dimensional, no nulls inside. */
  'text[]': readonly string[];
  'bigint[]': readonly bigint[];
  jsonb: unknown;
}
export type ColumnType = keyof ColumnValues;

/** `text` is not null; `text?` may be null. */
export type ColumnSpec = ColumnType | `${ColumnType}?`;

export type RowOf<C extends Readonly<Record<string, ColumnSpec>>> = {
  -readonly [K in keyof C]: C[K] extends `${infer T extends ColumnType}?`
    ? ColumnValues[T] | null
    : C[K] extends ColumnType
      ? ColumnValues[C[K]]
      : never;
};

/**
 * A table of a read model. No row holds wall-clock time, a sequence value, or a floating-point sum:
 * the same history must give the same rows, whatever the batches.
 */
export interface TableSpec<C extends Readonly<Record<string, ColumnSpec>> = Readonly<Record<string, ColumnSpec>>> {
  /** The name that queries use: a view `read.<name>` over the live generation of the table. */
  readonly name: string;
  readonly columns: C;
  /** The primary key. */
  readonly key: readonly string[];
  /** What follows `CREATE INDEX ON <table>`, e.g. `USING gin (tags)`. */
  readonly indexes: readonly string[];
}

/** Declares a table; its key names columns of its own. */
export const defineTable = <const C extends Readonly<Record<string, ColumnSpec>>>(
  spec: TableSpec<C> & { readonly key: readonly (keyof C & string)[] },
): TableSpec<C> => spec;
