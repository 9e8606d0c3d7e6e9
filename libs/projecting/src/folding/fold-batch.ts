import type { StoredEvent } from '#libs/kernel';
import { branchColumns, branchText, keyText, type Row, type TableSpec } from '#libs/read-store';
import type { Projection } from '../projection.js';
import type { LoadedRows, TableChanges, TableKeys } from './table-changes.js';
import { WorkingSet } from './working-set.js';

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

const each = (events: readonly StoredEvent[], work: (event: StoredEvent) => void): void => {
  events.forEach((event, index) => {
    try {
      work(event);
    } catch (error) {
      throw new HandlerFailedError(index, event, error);
    }
  });
};

interface Needed {
  readonly keys: Map<string, Row>;
  readonly branches: Map<string, Row>;
}

/** The rows that a batch must load before it can be folded. Throws HandlerFailedError. */
export const collectNeeds = (projection: Projection, events: readonly StoredEvent[]): TableKeys[] => {
  const needed = new Map<TableSpec, Needed>();
  each(events, (event) => {
    for (const need of projection.handlers[event.type]?.needs(event) ?? []) {
      let of = needed.get(need.table);
      if (!of) needed.set(need.table, (of = { keys: new Map(), branches: new Map() }));
      if ('key' in need) of.keys.set(keyText(need.table, need.key), need.key);
      else of.branches.set(branchText(branchColumns(need.table, need.under), need.under), need.under);
    }
  });
  return [...needed].map(([table, { keys, branches }]) => ({
    table,
    keys: [...keys.values()],
    branches: [...branches.values()],
  }));
};

/** Runs the handlers in log order over what was loaded, and gives the net changes. Pure. Throws HandlerFailedError. */
export const foldBatch = (
  projection: Projection,
  events: readonly StoredEvent[],
  needs: readonly TableKeys[],
  loaded: LoadedRows,
): TableChanges[] => {
  const rows = new WorkingSet(projection.tables, needs, loaded);
  each(events, (event) => projection.handlers[event.type]?.apply(event, rows));
  return rows.changes();
};
