import type { StoredEvent } from '#libs/kernel';
import { branchColumns, branchText, keyText, type Row, type TableSpec } from '#libs/read-store';
import type { BranchRef, Projection, RowRef } from '../projection.js';
import type { LoadedRows, TableChanges, TableKeys } from './table-changes.js';
import { LoadedNeeds } from './loaded-needs.js';
import { NotLoadedError } from './row-errors.js';
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

const failedAt = (index: number, event: StoredEvent, cause: unknown): HandlerFailedError =>
  new HandlerFailedError(index, event, cause);

const gathered = (needs: Iterable<RowRef | BranchRef>): TableKeys[] => {
  const needed = new Map<TableSpec, { table: TableSpec; keys: Map<string, Row>; branches: Map<string, Row> }>();
  for (const need of needs) {
    const { table } = need;
    let of = needed.get(table);
    if (!of) needed.set(table, (of = { table, keys: new Map(), branches: new Map() }));
    if ('key' in need) of.keys.set(keyText(table, need.key), need.key);
    else of.branches.set(branchText(branchColumns(table, need.under), need.under), need.under);
  }
  return [...needed.values()];
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

/** Events of a batch, with their places in it. */
type Placed = readonly { readonly event: StoredEvent; readonly index: number }[];

/** Those that may foresee what they'll fetch. */
export const foreseeing = (projection: Projection, events: readonly StoredEvent[]): Placed =>
  events.flatMap((event, index) => (projection.handlers[event.type]?.foresees ? [{ event, index }] : []));

/**
 * What handlers foresee that they'll fetch, and isn't loaded yet; and which may foresee more once it is. Throws
 * HandlerFailedError.
 */
export const foresee = (
  projection: Projection,
  asked: Placed,
  needs: readonly TableKeys[],
  loaded: LoadedRows,
): { readonly more: TableKeys[]; readonly by: Placed } => {
  const known = new LoadedNeeds(needs, loaded);
  const more: (RowRef | BranchRef)[] = [];
  const by = asked.filter(({ event, index }) => {
    try {
      const missing = projection.handlers[event.type]?.foresees?.(event, known).filter((ref) => !known.covers(ref));
      if (missing === undefined || missing.length === 0) return false;
      more.push(...missing);
      return true;
    } catch (error) {
      throw failedAt(index, event, error);
    }
  });
  return { more: gathered(more), by };
};

/** What a batch comes to; or, if handlers fetched what isn't loaded, all that's missing so far, and how to go on with that. */
export type Folded =
  | { readonly changes: TableChanges[] }
  | {
      readonly missing: TableKeys[];
      /** Takes all needs and all rows that were loaded. */
      readonly goOn: (needs: readonly TableKeys[], loaded: LoadedRows) => Folded;
    };

/** Runs the handlers in log order over what was loaded, and gives the net changes. Pure. Throws HandlerFailedError. */
export const foldBatch = (
  projection: Projection,
  events: readonly StoredEvent[],
  needs: readonly TableKeys[],
  loaded: LoadedRows,
): Folded => {
  const rows = new WorkingSet(projection.tables, needs, loaded);
  const missing: (RowRef | BranchRef)[] = [];
  events.forEach((event, index) => {
    rows.handling = index;
    attempt(missing, index, event, () => projection.handlers[event.type]?.apply(event, rows));
  });
  return doAfterwards(rows, events, missing, (all, more) => foldBatch(projection, events, all, more));
};

const attempt = (missing: (RowRef | BranchRef)[], index: number, event: StoredEvent, act: () => void): void => {
  try {
    act();
  } catch (error) {
    if (error instanceof NotLoadedError) missing.push(...error.refs);
    // Once something is missing, nothing that follows is what it will be.
    else if (missing.length === 0) throw failedAt(index, event, error);
  }
};

/**
 * Does what handlers asked for once all events are handled. Where only this lacks rows, it goes on from the first that did:
 * the events needn't be handled again.
 */
const doAfterwards = (
  rows: WorkingSet,
  events: readonly StoredEvent[],
  missing: (RowRef | BranchRef)[],
  startAnew: (needs: readonly TableKeys[], loaded: LoadedRows) => Folded,
): Folded => {
  const handled = missing.length === 0;
  const done = new Set<string>();
  const act = (): Folded => {
    for (const [key, { act: one, lastAskedBy }] of rows.pending) {
      const event = events[lastAskedBy];
      if (!event || done.has(key)) continue;
      if (missing.length === 0) rows.mark();
      rows.handling = lastAskedBy;
      attempt(missing, lastAskedBy, event, one);
      if (missing.length === 0) done.add(key);
    }
    if (missing.length === 0) return { changes: rows.changes() };
    const lacking = gathered(missing);
    if (!handled) return { missing: lacking, goOn: startAnew };
    rows.takeBack();
    missing.length = 0;
    return {
      missing: lacking,
      goOn: (needs, loaded) => {
        rows.load(needs, loaded);
        return act();
      },
    };
  };
  return act();
};

/** Needs of two rounds as one. */
export const withNeeds = (needs: readonly TableKeys[], more: readonly TableKeys[]): TableKeys[] => {
  const all = new Map(needs.map((known) => [known.table, known]));
  for (const { table, keys, branches } of more) {
    const known = all.get(table);
    all.set(table, {
      table,
      keys: new Map([...(known?.keys ?? []), ...keys]),
      branches: new Map([...(known?.branches ?? []), ...branches]),
    });
  }
  return [...all.values()];
};
