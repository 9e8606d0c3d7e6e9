import type { StoredEvent } from '#libs/kernel';
import { branchColumns, branchText, keyText, type Row, type TableSpec } from '#libs/read-store';
import type { BranchRef, Projection, RowRef } from '../projection.js';
import type { LoadedRows, TableChanges, TableKeys } from './table-changes.js';
import { NotLoadedError, WorkingSet } from './working-set.js';

/** A handler threw. The same event will make it throw again, so everything before `index` can be kept. */
export class HandlerFailedError extends Error {
  constructor(
    /** Of the event, in the batch. */
    readonly index: number,
    readonly event: StoredEvent,
    cause: unknown,
  ) {
    super(`The handler of ${event.type} failed.`, { cause });
    this.name = 'HandlerFailedError';
  }
}

const failedAt = (index: number, event: StoredEvent, cause: unknown): HandlerFailedError =>
  new HandlerFailedError(index, event, cause);

interface Needed {
  readonly keys: Map<string, Row>;
  readonly branches: Map<string, Row>;
}

const gathered = (needs: Iterable<RowRef | BranchRef>): TableKeys[] => {
  const needed = new Map<TableSpec, Needed>();
  for (const need of needs) {
    let of = needed.get(need.table);
    if (!of) needed.set(need.table, (of = { keys: new Map(), branches: new Map() }));
    if ('key' in need) of.keys.set(keyText(need.table, need.key), need.key);
    else of.branches.set(branchText(branchColumns(need.table, need.under), need.under), need.under);
  }
  return [...needed].map(([table, { keys, branches }]) => ({
    table,
    keys: [...keys.values()],
    branches: [...branches.values()],
  }));
};

/** The rows that a batch must load before it can be folded. Throws HandlerFailedError. */
export const collectNeeds = (projection: Projection, events: readonly StoredEvent[]): TableKeys[] =>
  gathered(
    events.flatMap((event, index) => {
      try {
        return projection.handlers[event.type]?.needs(event) ?? [];
      } catch (error) {
        throw failedAt(index, event, error);
      }
    }),
  );

/** What a batch comes to; or, if handlers fetched what isn't loaded, all that's missing so far: load that too and fold again. */
export type Folded = { readonly changes: TableChanges[] } | { readonly missing: TableKeys[] };

/** Runs the handlers in log order over what was loaded, and gives the net changes. Pure. Throws HandlerFailedError. */
export const foldBatch = (
  projection: Projection,
  events: readonly StoredEvent[],
  needs: readonly TableKeys[],
  loaded: LoadedRows,
): Folded => {
  const rows = new WorkingSet(projection.tables, needs, loaded);
  const missing: (RowRef | BranchRef)[] = [];
  const attempt = (index: number, event: StoredEvent, act: () => void): void => {
    try {
      act();
    } catch (error) {
      if (error instanceof NotLoadedError) missing.push(...error.refs);
      // Once something is missing, nothing that follows is what it will be.
      else if (missing.length === 0) throw failedAt(index, event, error);
    }
  };
  events.forEach((event, index) => {
    rows.handling = index;
    attempt(index, event, () => projection.handlers[event.type]?.apply(event, rows));
  });
  for (const { act, lastAskedBy } of rows.pending) {
    const event = events[lastAskedBy];
    if (event) attempt(lastAskedBy, event, act);
  }
  return missing.length > 0 ? { missing: gathered(missing) } : { changes: rows.changes() };
};

/** Needs of two rounds as one. */
export const withNeeds = (needs: readonly TableKeys[], more: readonly TableKeys[]): TableKeys[] =>
  gathered(
    [...needs, ...more].flatMap(({ table, keys, branches }) => [
      ...keys.map((key): RowRef => ({ table, key })),
      ...branches.map((under): BranchRef => ({ table, under })),
    ]),
  );
