import type { StoredEvent } from '#libs/kernel';
import { columnsOf, keyText, type Row, type TableSpec } from '#libs/read-store';
import type { Projection } from '../projection.js';
import type { RowOf, ColumnSpec } from '../table.js';
import { collectNeeds, foldBatch, withNeeds } from './fold-batch.js';
import type { TableChanges } from './table-changes.js';

/** Keys of objects as jsonb gives them back: by length, then by their bytes. */
const asJsonb = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asJsonb);
  if (typeof value !== 'object' || value === null) return value;
  const byLength = ([a]: [string, unknown], [b]: [string, unknown]): number =>
    Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Object.fromEntries(
    Object.entries(value)
      .sort(byLength)
      .map(([key, inner]) => [key, asJsonb(inner)]),
  );
};

/**
 * A read model in memory that takes batches exactly as PostgreSQL does, including what jsonb does to a value:
 * for any past state of a few rows, and for the specs of projections, without a server.
 */
export class MemoryReadModel {
  private readonly tables: Map<string, Map<string, Row>>;

  constructor(private readonly projection: Projection) {
    this.tables = new Map(projection.tables.map(({ name }) => [name, new Map<string, Row>()]));
  }

  /** Takes events as one batch. Throws HandlerFailedError, ColumnValueError. */
  apply(events: readonly StoredEvent[]): void {
    for (const { table, adds, puts, removals } of this.fold(events)) {
      const stored = this.of(table.name);
      for (const key of removals) stored.delete(keyText(table, key));
      for (const row of [...adds, ...puts]) stored.set(keyText(table, row), this.asStored(table, row));
    }
  }

  /** All rows of a table, ordered by their keys as text. */
  rows<C extends Readonly<Record<string, ColumnSpec>>>(table: TableSpec<C>): readonly RowOf<C>[] {
    return [...this.of(table.name)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row as RowOf<C>);
  }

  private fold(events: readonly StoredEvent[]): TableChanges[] {
    let needs = collectNeeds(this.projection, events);
    let folded = foldBatch(this.projection, events, needs, this.tables);
    while ('missing' in folded) {
      needs = withNeeds(needs, folded.missing);
      folded = folded.goOn(needs, this.tables);
    }
    return folded.changes;
  }

  private of(name: string): Map<string, Row> {
    const table = this.tables.get(name);
    if (!table) throw new Error(`The table ${name} is not one of ${this.projection.name}'s.`);
    return table;
  }

  private asStored(table: TableSpec, row: Row): Row {
    const stored: Record<string, unknown> = {};
    for (const column of columnsOf(table).all) {
      const text = column.toText(row[column.name]);
      stored[column.name] = column.type === 'jsonb' && text !== null ? asJsonb(JSON.parse(text)) : row[column.name];
    }
    return Object.freeze(stored);
  }
}
