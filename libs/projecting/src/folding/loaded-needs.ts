import { branchColumns, branchText, keyText, type TableSpec } from '#libs/read-store';
import type { BranchRef, LoadedSoFar, RowRef } from '../projection.js';
import type { LoadedRows, TableKeys } from './table-changes.js';

/** The rows that were asked for and found, before anything is folded. */
export class LoadedNeeds implements LoadedSoFar {
  private readonly needs: ReadonlyMap<TableSpec, TableKeys>;

  constructor(
    needs: readonly TableKeys[],
    private readonly loaded: LoadedRows,
  ) {
    this.needs = new Map(needs.map((known) => [known.table, known]));
  }

  readonly peek: LoadedSoFar['peek'] = (table, key) => {
    const text = keyText(table, key);
    if (this.needs.get(table)?.keys.has(text) !== true) return undefined;
    return (this.loaded.get(table.name)?.get(text) ?? null) as never;
  };

  covers(ref: RowRef | BranchRef): boolean {
    const known = this.needs.get(ref.table);
    if (!known) return false;
    return 'key' in ref
      ? known.keys.has(keyText(ref.table, ref.key))
      : known.branches.has(branchText(branchColumns(ref.table, ref.under), ref.under));
  }
}
