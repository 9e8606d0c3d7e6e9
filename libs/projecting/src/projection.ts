import type { DomainEvent, StoredEvent } from '#libs/kernel';
import type { ColumnSpec, RowOf, TableSpec } from './table.js';

type Columns = Readonly<Record<string, ColumnSpec>>;

/** The key columns of one row, in any order. */
export type KeyOf<C extends Columns> = Partial<RowOf<C>>;

/** Names a row whose present value a handler will ask for, so that a batch loads all its rows with one statement a table. */
export interface RowRef {
  readonly table: TableSpec;
  readonly key: Readonly<Record<string, unknown>>;
}

export const row = <C extends Columns>(table: TableSpec<C>, key: KeyOf<C>): RowRef => ({
  table,
  key,
});

/**
 * Names all rows of a table whose key begins with these columns: everything that's stored about one person, say. All of a
 * projection's handlers name a table's rows by the same columns.
 */
export interface BranchRef {
  readonly table: TableSpec;
  readonly under: Readonly<Record<string, unknown>>;
}

/** @param under values for the first columns of the table's key, at least one and not all */
export const branch = <C extends Columns>(table: TableSpec<C>, under: KeyOf<C>): BranchRef => ({ table, under });

/**
 * The rows of a projection as a handler sees them: what earlier events of the same batch wrote is there.
 * `get` throws for a row that `needs` didn't name and that this batch didn't put. Rows are replaced whole, never mutated.
 */
export interface Rows {
  get<C extends Columns>(table: TableSpec<C>, key: KeyOf<C>): RowOf<C> | undefined;
  /** All rows of a branch that `needs` named, in no particular order. */
  branch<C extends Columns>(table: TableSpec<C>, under: KeyOf<C>): readonly RowOf<C>[];
  /**
   * As `branch` and `get`, for what `needs` couldn't know: what depends on the rows themselves. The whole batch is folded
   * again with what was fetched, so this is for what's seldom needed, as an event that comes late.
   */
  fetchBranch<C extends Columns>(table: TableSpec<C>, under: KeyOf<C>): readonly RowOf<C>[];
  fetch<C extends Columns>(table: TableSpec<C>, key: KeyOf<C>): RowOf<C> | undefined;
  /** Before many are fetched: they're loaded together, not one more with each time that the batch is folded. */
  prefetch(refs: readonly (RowRef | BranchRef)[]): void;
  put<C extends Columns>(table: TableSpec<C>, value: RowOf<C>): void;
  /**
   * As `put`, for a row that can't be there yet, since its key names the event: it's written for a third of what it costs to
   * write one that may be. If one is there after all, it's replaced.
   */
  add<C extends Columns>(table: TableSpec<C>, value: RowOf<C>): void;
  /**
   * Does this once the batch's last event was handled: what's reckoned from all rows of a branch needn't be reckoned anew for
   * each event. Of what's asked for by one key only the first is done. Until then nothing may rely on what it will write.
   */
  afterwards(key: string, act: () => void): void;
  /** Whether something will be done by this key. */
  awaits(key: string): boolean;
  remove<C extends Columns>(table: TableSpec<C>, key: KeyOf<C>): void;
}

/** What's loaded of the rows of a batch, as they were before it. */
export interface LoadedSoFar {
  /** Null where there's no such row; undefined for one that wasn't asked for. */
  peek<C extends Columns>(table: TableSpec<C>, key: KeyOf<C>): RowOf<C> | null | undefined;
}

/** How one event type changes rows: a pure function of the event and the rows it names. */
export interface Handler<E extends DomainEvent = DomainEvent> {
  /** The rows that `apply` reads. Rows that it only writes needn't be named. */
  needs(event: StoredEvent<E['type'], E['data']>): readonly (RowRef | BranchRef)[];
  /**
   * Rows that `apply` is likely to fetch, by those that are loaded already; asked again with what it named, until it names
   * nothing more. It only spares folding the batch anew for what would be missing.
   */
  foresees?(event: StoredEvent<E['type'], E['data']>, loaded: LoadedSoFar): readonly (RowRef | BranchRef)[];
  apply(event: StoredEvent<E['type'], E['data']>, rows: Rows): void;
}

/** Handlers by event type; types that aren't there don't change this read model. */
export type Handlers<E extends DomainEvent> = { readonly [T in E['type']]?: Handler<Extract<E, { type: T }>> };

/**
 * A read model: a pure fold from events to rows. `version` goes up with any change of tables or handlers, which makes a
 * new generation of the tables that is built beside the live one.
 */
export interface Projection<E extends DomainEvent = DomainEvent> {
  /** Kebab-case; also the name by which it's paused, rebuilt and verified. */
  readonly name: string;
  readonly version: number;
  readonly tables: readonly TableSpec[];
  readonly handlers: Handlers<E>;
  /**
   * Rows of it take in events of several people, so that the order among these counts too. Of such a one no event is set
   * aside: taken up later, it would give other rows. It stops there instead, until a program can go on.
   */
  readonly spansPeople?: boolean;
}

/** Declares a projection; the engine sees it without its event types. */
export const defineProjection = <E extends DomainEvent>(projection: Projection<E>): Projection => projection;
