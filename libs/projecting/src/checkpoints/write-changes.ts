import {
  copyIn,
  remove,
  sqlStateOf,
  upsert,
  type Database,
  type SqlExecutor,
  type Transaction,
} from '#libs/read-store';
import type { TableChanges } from '../folding/table-changes.js';
import { targetOf, type TableNames } from '../generations/table-names.js';

/** Fewer rows cost less together with those that may be there: COPY takes statements and answers of its own. */
const FEWEST_COPIED = 50;

const UNIQUE_VIOLATION = '23505';

/** Writes the changes of a batch, with at most one delete and one upsert a table. */
export const writeChanges = async (
  sql: SqlExecutor,
  names: TableNames,
  changes: readonly TableChanges[],
): Promise<void> => {
  for (const { table, adds, puts, removals } of changes) {
    await remove(sql, targetOf(names, table), table, removals);
    await upsert(sql, targetOf(names, table), table, adds.length === 0 ? puts : [...adds, ...puts]);
  }
};

/** The same, with COPY where many rows are new. Fails with a unique violation where one isn't. */
const copyChanges = async (tx: Transaction, names: TableNames, changes: readonly TableChanges[]): Promise<void> => {
  const copied = changes.filter(({ adds }) => adds.length >= FEWEST_COPIED);
  await writeChanges(
    tx,
    names,
    changes.map((change) => (copied.includes(change) ? { ...change, adds: [] } : change)),
  );
  for (const { table, adds } of copied) await copyIn(tx, targetOf(names, table), table, adds);
};

/** Commits what `work` did with a way to write changes; if rows that were taken to be new are there, it's done again without relying on it. */
export const writeInTransaction = async (
  database: Database,
  work: (tx: Transaction, write: typeof copyChanges) => Promise<void>,
): Promise<void> => {
  try {
    await database.transaction((tx) => work(tx, copyChanges));
  } catch (error) {
    if (sqlStateOf(error) !== UNIQUE_VIOLATION) throw error;
    await database.transaction((tx) => work(tx, writeChanges));
  }
};
