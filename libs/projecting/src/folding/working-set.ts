import { branchColumns, branchText, keyText, type Column, type Row, type TableSpec } from '#libs/read-store';
import type { Rows } from '../projection.js';
import { NotLoadedError, UndeclaredRowError } from './row-errors.js';
import type { LoadedRows, TableChanges, TableKeys } from './table-changes.js';

interface Slot {
  /** Null where there's no such row. */
  row: Row | null;
  changed: boolean;
  readonly key: Row;
  /** Whether it wasn't stored before this batch: that's known, or a handler says so. */
  readonly isNew: boolean;
}

/** The branches of one table that were loaded whole: their slots, by the first columns of the key. */
interface Branches {
  readonly columns: readonly Column[];
  readonly slots: Map<string, Slot[]>;
}

/** The rows that a batch works on, in memory: loaded before, changed in log order, written after. */
export class WorkingSet implements Rows {
  /** Which event of the batch is handled. */
  handling = 0;
  private readonly acts = new Map<string, { readonly act: () => void; lastAskedBy: number }>();
  private readonly slots = new Map<TableSpec, Map<string, Slot>>();
  private readonly branches = new Map<TableSpec, Branches>();
  /** How to undo what was done since the last mark, in order. */
  private journal: (() => void)[] | undefined;

  constructor(tables: readonly TableSpec[], needs: readonly TableKeys[], loaded: LoadedRows) {
    for (const table of tables) this.slots.set(table, new Map());
    this.load(needs, loaded);
  }

  /** Takes rows that were asked for; what it has already stays as it is. */
  load(needs: readonly TableKeys[], loaded: LoadedRows): void {
    for (const { table, keys, branches } of needs) {
      const found = loaded.get(table.name);
      this.addBranches(table, branches, found ?? new Map());
      const slots = this.of(table);
      for (const [text, key] of keys)
        if (!slots.has(text)) {
          const row = found?.get(text) ?? null;
          this.keep(table, text, { row, changed: false, key, isNew: row === null });
        }
    }
  }

  /** What's done from here on can be taken back. */
  mark(): void {
    this.journal = [];
  }

  /** Everything is again as it was at the last mark. */
  takeBack(): void {
    for (const undo of this.journal?.toReversed() ?? []) undo();
    this.journal = undefined;
  }

  readonly get: Rows['get'] = (table, key) => {
    const slot = this.of(table).get(keyText(table, key));
    if (!slot) throw new UndeclaredRowError(`A row of ${table.name} was read that "needs" does not name.`);
    return (slot.row ?? undefined) as never;
  };

  readonly branch: Rows['branch'] = (table, under) => {
    const rows = this.rowsUnder(table, under);
    if (!rows) throw new UndeclaredRowError(`A branch of ${table.name} was read that "needs" does not name.`);
    return rows as never;
  };

  readonly fetch: Rows['fetch'] = (table, key) => {
    const slot = this.of(table).get(keyText(table, key));
    if (!slot) throw new NotLoadedError([{ table, key }]);
    return (slot.row ?? undefined) as never;
  };

  readonly fetchBranch: Rows['fetchBranch'] = (table, under) => {
    const rows = this.rowsUnder(table, under);
    if (!rows) throw new NotLoadedError([{ table, under }]);
    return rows as never;
  };

  readonly prefetch: Rows['prefetch'] = (refs) => {
    const missing = refs.filter((ref) =>
      'key' in ref ? !this.of(ref.table).has(keyText(ref.table, ref.key)) : !this.rowsUnder(ref.table, ref.under),
    );
    if (missing.length > 0) throw new NotLoadedError(missing);
  };

  readonly put: Rows['put'] = (table, value) => this.set(table, value, Object.freeze(value), false);

  readonly add: Rows['add'] = (table, value) => this.set(table, value, Object.freeze(value), true);

  readonly remove: Rows['remove'] = (table, key) => this.set(table, key, null, false);

  readonly afterwards: Rows['afterwards'] = (key, act) => {
    const asked = this.acts.get(key);
    if (asked) {
      asked.lastAskedBy = Math.max(asked.lastAskedBy, this.handling);
    } else {
      this.acts.set(key, { act, lastAskedBy: this.handling });
      this.journal?.push(() => this.acts.delete(key));
    }
  };

  readonly awaits: Rows['awaits'] = (key) => this.acts.has(key);

  /** What's to be done after the last event, each with the last of those that asked for it. */
  get pending(): Iterable<readonly [string, { readonly act: () => void; readonly lastAskedBy: number }]> {
    return this.acts.entries();
  }

  /** The net effect of everything that was put and removed. */
  changes(): TableChanges[] {
    const changes: TableChanges[] = [];
    for (const [table, slots] of this.slots) {
      const adds: Row[] = [];
      const puts: Row[] = [];
      const removals: Row[] = [];
      for (const { row, changed, key, isNew } of slots.values()) {
        if (!changed) continue;
        if (!row) removals.push(key);
        else (isNew ? adds : puts).push(row);
      }
      if (adds.length + puts.length + removals.length > 0) changes.push({ table, adds, puts, removals });
    }
    return changes;
  }

  private rowsUnder(table: TableSpec, under: Row): readonly Row[] | undefined {
    const slots = this.branches.get(table)?.slots.get(branchText(branchColumns(table, under), under));
    return slots?.flatMap(({ row }) => (row ? [row] : []));
  }

  private set(table: TableSpec, key: Row, row: Row | null, isNew: boolean): void {
    const text = keyText(table, key);
    const slots = this.of(table);
    const slot = slots.get(text);
    if (slot) {
      const { row: before, changed } = slot;
      this.journal?.push(() => Object.assign(slot, { row: before, changed }));
      slot.row = row;
      slot.changed = true;
    } else {
      const added = { row, changed: true, key, isNew };
      this.keep(table, text, added);
      this.journal?.push(() => this.drop(table, text, added));
    }
  }

  private keep(table: TableSpec, text: string, slot: Slot): void {
    this.of(table).set(text, slot);
    this.branchOf(table, slot)?.push(slot);
  }

  private drop(table: TableSpec, text: string, slot: Slot): void {
    this.of(table).delete(text);
    const branch = this.branchOf(table, slot);
    branch?.splice(branch.indexOf(slot), 1);
  }

  /** The branch that a row is of, if that was loaded. */
  private branchOf(table: TableSpec, { key }: Slot): Slot[] | undefined {
    const branches = this.branches.get(table);
    return branches?.slots.get(branchText(branches.columns, key));
  }

  private addBranches(table: TableSpec, asked: ReadonlyMap<string, Row>, found: ReadonlyMap<string, Row>): void {
    const [first] = asked.values();
    if (!first) return;
    const branches = this.branches.get(table) ?? {
      columns: branchColumns(table, first),
      slots: new Map<string, Slot[]>(),
    };
    this.branches.set(table, branches);
    const { columns } = branches;
    const added = new Map<string, Slot[]>();
    for (const [text, under] of asked) {
      if (Object.keys(under).length !== columns.length)
        throw new UndeclaredRowError(`Branches of ${table.name} are named by different columns.`);
      if (!branches.slots.has(text)) added.set(text, []);
    }
    if (added.size === 0) return;
    const slots = this.of(table);
    // What the batch itself has put by now belongs to them too.
    for (const slot of slots.values()) added.get(branchText(columns, slot.key))?.push(slot);
    for (const [text, all] of added) branches.slots.set(text, all);
    for (const [text, row] of found)
      if (!slots.has(text) && added.has(branchText(columns, row)))
        this.keep(table, text, { row, changed: false, key: row, isNew: false });
  }

  private of(table: TableSpec): Map<string, Slot> {
    const slots = this.slots.get(table);
    if (!slots) throw new UndeclaredRowError(`The table ${table.name} is not one of this projection's.`);
    return slots;
  }
}
