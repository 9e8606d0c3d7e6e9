/** Tables are declared in terms of the read store; a projection needs no other import for them. */
export {
  defineTable,
  type ColumnSpec,
  type ColumnType,
  type ColumnValues,
  type RowOf,
  type TableSpec,
} from '#libs/read-store';
