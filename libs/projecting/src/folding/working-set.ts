import { keyText, type Row, type TableSpec } from '#libs/read-store';
import type { Rows } from '../projection.js';
import type { LoadedRows, TableChanges, TableKeys } from './table-changes.js';

/** A handler touched a row or a table that its projection doesn't declare. Names the table, never the key. */
export class UndeclaredRowError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UndeclaredRowError';
  }
}

interface Slot {
  /** Null where there's no such row. */
  row: Row | null;
  changed: boolean;
  readonly key: Row;
}

/** The rows that a batch works on, in memory: loaded before, changed in log order, written after. */
export class WorkingSet implements Rows {
  private readonly slots = new Map<TableSpec, Map<string, Slot>>();

  constructor(tables: readonly TableSpec[], needs: readonly TableKeys[], loaded: LoadedRows) {
    for (const table of tables) this.slots.set(table, new Map());
    for (const { table, keys } of needs) {
      const found = loaded.get(table.name);
      for (const key of keys) {
        const text = keyText(table, key);
        this.of(table).set(text, { row: found?.get(text) ?? null, changed: false, key });
      }
    }
  }

  readonly get: Rows['get'] = (table, key) => {
    const slot = this.of(table).get(keyText(table, key));
    if (!slot) throw new UndeclaredRowError(`A row of ${table.name} was read that "needs" does not name.`);
    return (slot.row ?? undefined) as never;
  };

  readonly put: Rows['put'] = (table, value) => this.set(table, value, Object.freeze(value));

  readonly remove: Rows['remove'] = (table, key) => this.set(table, key, null);

  /** The net effect of everything that was put and removed. */
  changes(): TableChanges[] {
    const changes: TableChanges[] = [];
    for (const [table, slots] of this.slots) {
      const puts: Row[] = [];
      const removals: Row[] = [];
      for (const { row, changed, key } of slots.values()) {
        if (!changed) continue;
        if (row) puts.push(row);
        else removals.push(key);
      }
      if (puts.length + removals.length > 0) changes.push({ table, puts, removals });
    }
    return changes;
  }

  private set(table: TableSpec, key: Row, row: Row | null): void {
    const text = keyText(table, key);
    const slots = this.of(table);
    const slot = slots.get(text);
    if (slot) {
      slot.row = row;
      slot.changed = true;
    } else {
      slots.set(text, { row, changed: true, key });
    }
  }

  private of(table: TableSpec): Map<string, Slot> {
    const slots = this.slots.get(table);
    if (!slots) throw new UndeclaredRowError(`The table ${table.name} is not one of this projection's.`);
    return slots;
  }
}
