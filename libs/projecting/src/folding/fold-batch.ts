import type { StoredEvent } from '#libs/kernel';
import { keyText, type Row, type TableSpec } from '#libs/read-store';
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

/** The rows that a batch must load before it can be folded. Throws HandlerFailedError. */
export const collectNeeds = (projection: Projection, events: readonly StoredEvent[]): TableKeys[] => {
  const needed = new Map<TableSpec, Map<string, Row>>();
  each(events, (event) => {
    for (const { table, key } of projection.handlers[event.type]?.needs(event) ?? []) {
      let keys = needed.get(table);
      if (!keys) needed.set(table, (keys = new Map()));
      keys.set(keyText(table, key), key);
    }
  });
  return [...needed].map(([table, keys]) => ({ table, keys: [...keys.values()] }));
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
