import type { BranchRef, RowRef } from '../projection.js';

/** A handler touched a row or a table that its projection doesn't declare. Names the table, never the key. */
export class UndeclaredRowError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UndeclaredRowError';
  }
}

/** A handler fetched what isn't loaded yet. */
export class NotLoadedError extends Error {
  constructor(readonly refs: readonly (RowRef | BranchRef)[]) {
    super(`Rows of ${[...new Set(refs.map(({ table }) => table.name))].join(', ')} have to be loaded.`);
    this.name = 'NotLoadedError';
  }
}
