import { isTransientFailure, keyText, loadBranches, loadRows } from '#libs/read-store';
import type { Database, Row, SqlExecutor } from '#libs/read-store';
import { comparePositions, type LogPosition, type StoredEvent } from '#libs/kernel';
import { collectNeeds, foldBatch, foresee, foreseeing, withNeeds } from '../folding/fold-batch.js';
import type { LoadedRows, TableChanges, TableKeys } from '../folding/table-changes.js';
import { generationTables, targetOf, type TableNames } from '../generations/table-names.js';
import type { Projection } from '../projection.js';
import type { GenerationId } from './checkpoint.js';
import { addLetters, removeLetters, type Letter } from './dead-letters.js';
import { advanceCheckpoint, readCheckpoint, type Advance } from './checkpoint-store.js';
import { writeInTransaction } from './write-changes.js';

/** The checkpoint isn't where this process left it: another one is at work, or the generation was retired. Nothing was written. */
export class FencedError extends Error {
  constructor({ projection, version, build }: GenerationId) {
    super(`The checkpoint of ${projection} version ${version}, build ${build}, was moved by another process.`);
    this.name = 'FencedError';
  }
}

/** Loads the rows that a batch needs: a statement a table for those named by their keys, and one for branches. */
export const loadNeeds = async (
  sql: SqlExecutor,
  names: TableNames,
  needs: readonly TableKeys[],
): Promise<LoadedRows> => {
  const loaded = await Promise.all(
    needs.map(async ({ table, keys, branches }): Promise<[string, Map<string, Row>]> => {
      const target = targetOf(names, table);
      const rows = [
        ...(await loadRows(sql, target, table, [...keys.values()])),
        ...(await loadBranches(sql, target, table, [...branches.values()])),
      ];
      return [table.name, new Map(rows.map((row) => [keyText(table, row), Object.freeze(row)]))];
    }),
  );
  return new Map(loaded);
};

/** Folds a batch over the tables as they are; loads again as long as handlers fetch more. Throws HandlerFailedError. */
export const foldOver = async (
  sql: SqlExecutor,
  names: TableNames,
  projection: Projection,
  events: readonly StoredEvent[],
): Promise<TableChanges[]> => {
  let needs = collectNeeds(projection, events);
  let loaded = await loadNeeds(sql, names, needs);
  const load = async (more: readonly TableKeys[]): Promise<void> => {
    needs = withNeeds(needs, more);
    loaded = together(loaded, await loadNeeds(sql, names, more));
  };
  let foreseen = foresee(projection, foreseeing(projection, events), needs, loaded);
  while (foreseen.more.length > 0) {
    await load(foreseen.more);
    foreseen = foresee(projection, foreseen.by, needs, loaded);
  }
  let folded = foldBatch(projection, events, needs, loaded);
  while ('missing' in folded) {
    await load(folded.missing);
    folded = folded.goOn(needs, loaded);
  }
  return folded.changes;
};

/** What's loaded already isn't loaded again: most of what a batch needs is known before the first round. */
const together = (loaded: LoadedRows, more: LoadedRows): LoadedRows => {
  const all = new Map(loaded);
  for (const [table, rows] of more) all.set(table, new Map([...(all.get(table) ?? []), ...rows]));
  return all;
};

/** Folds batches into the tables of one generation: rows and checkpoint in one transaction. */
export class GenerationWriter {
  readonly id: GenerationId;
  private readonly names: TableNames;

  constructor(
    private readonly database: Database,
    private readonly projection: Projection,
    build = 1,
  ) {
    this.id = { projection: projection.name, version: projection.version, build };
    this.names = generationTables(this.id);
  }

  /**
   * Takes the events between two positions, and sets those of `letters` aside; gives how many rows were written or
   * removed. Throws HandlerFailedError, FencedError, and what PostgreSQL throws; then nothing was written.
   */
  async write(events: readonly StoredEvent[], advance: Advance, letters: readonly Letter[] = []): Promise<number> {
    const changes = await this.fold(events);
    await this.commit(changes, advance, letters);
    return changes.reduce((rows, { adds, puts, removals }) => rows + adds.length + puts.length + removals.length, 0);
  }

  /**
   * Takes in events that were set aside: their rows come and their letters go in one transaction. `position` is where
   * the checkpoint stands and stays, so that only the letters say whether somebody else took them up since they were read.
   * Throws as `write` does.
   */
  async takeUp(events: readonly StoredEvent[], letters: readonly Letter[], position: LogPosition): Promise<void> {
    const changes = await this.fold(events);
    await writeInTransaction(this.database, async (tx, write) => {
      if (!(await advanceCheckpoint(tx, this.id, { from: position, to: position, aside: true })))
        throw new FencedError(this.id);
      if ((await removeLetters(tx, this.id, letters)) < letters.length) throw new FencedError(this.id);
      await write(tx, this.names, changes);
    });
  }

  private fold(events: readonly StoredEvent[]): Promise<TableChanges[]> {
    // Before the transaction: if somebody else changed a row since, they moved the checkpoint too, and we're fenced.
    return foldOver(this.database, this.names, this.projection, events);
  }

  private async commit(changes: readonly TableChanges[], advance: Advance, letters: readonly Letter[]): Promise<void> {
    try {
      if (changes.length === 0 && letters.length === 0) {
        if (!(await advanceCheckpoint(this.database, this.id, advance))) throw new FencedError(this.id);
        return;
      }
      await writeInTransaction(this.database, async (tx, write) => {
        const moved = letters.length > 0 ? { ...advance, aside: true } : advance;
        if (!(await advanceCheckpoint(tx, this.id, moved))) throw new FencedError(this.id);
        await write(tx, this.names, changes);
        if (letters.length > 0) await addLetters(tx, this.id, letters);
      });
    } catch (error) {
      if (!isTransientFailure(error) || !(await this.tookEffect(advance))) throw error;
    }
  }

  /** After a commit whose outcome is unknown. Only the stored checkpoint knows; if it can't be read, that's the error. */
  private async tookEffect({ from, to }: Advance): Promise<boolean> {
    const stored = await readCheckpoint(this.database, this.id);
    if (stored && comparePositions(stored.position, from) === 0) return false;
    if (stored && comparePositions(stored.position, to) === 0) return true;
    throw new FencedError(this.id);
  }
}
