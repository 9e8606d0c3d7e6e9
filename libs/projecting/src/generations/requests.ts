import type { Database } from '#libs/read-store';
import type { Checkpoint, GenerationId } from '../checkpoints/checkpoint.js';
import { readCheckpoint, readCheckpoints } from '../checkpoints/checkpoint-store.js';
import type { Projection } from '../projection.js';
import { lockGenerations } from './generations.js';
import { dropGeneration, lastRetired, setGeneration } from './swap.js';

/** What an operator asks for doesn't fit how the projection stands. The message says why, and what does. */
export class GenerationRefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GenerationRefusedError';
  }
}

const building = (known: readonly Checkpoint[]): Checkpoint[] =>
  known.filter(({ generation }) => generation === 'building');

const broughtBackOf = (begun: readonly Checkpoint[]): Checkpoint | undefined =>
  begun.find(({ broughtBack }) => broughtBack);

const rollbackUnderWay = ({ projection, version, build }: Checkpoint): GenerationRefusedError =>
  new GenerationRefusedError(
    `${projection}: a rollback is under way, to version ${version}, build ${build}. Wait for it, or end it first: ` +
      `rapport projections rebuild ${projection} --cancel`,
  );

/**
 * Asks for projections to be built anew from the log, beside their live rows: whoever works on them begins at the next look,
 * with one reader for all, and swaps when it has caught up. A build that had stopped goes and is begun anew; one of this
 * version that's under way goes on, one of an earlier version goes; a rollback isn't one. Throws GenerationRefusedError; then
 * nothing was asked for.
 */
export const requestRebuild = (database: Database, projections: readonly Projection[]): Promise<GenerationId[]> =>
  database.transaction(async (tx) => {
    const requested: GenerationId[] = [];
    for (const { name, version, tables } of projections.toSorted((a, b) => a.name.localeCompare(b.name))) {
      await lockGenerations(tx, name);
      const known = await readCheckpoints(tx, name);
      const live = known.find(({ generation }) => generation === 'live');
      if (live?.version !== version) {
        const what = live ? `version ${live.version} is` : 'nothing is';
        throw new GenerationRefusedError(`${name}: ${what} live, and this program has version ${version}.`);
      }
      const begun = building(known).filter((one) => one.broughtBack || one.version <= version);
      const back = broughtBackOf(begun);
      if (back) throw rollbackUnderWay(back);
      const underWay = begun.find((one) => one.version === version && one.state === 'running');
      for (const one of begun) if (one !== underWay) await dropGeneration(tx, one);
      if (underWay) {
        requested.push(underWay);
        continue;
      }
      const build = 1 + Math.max(...known.filter((one) => one.version === version).map((one) => one.build));
      await tx.query(
        `INSERT INTO vault.projection_checkpoints (projection, version, build, generation, commit, prepare, tables)
         VALUES ($1, $2, $3, 'building', 0, 0, $4)`,
        [name, version, build, tables.map((table) => table.name)],
      );
      requested.push({ projection: name, version, build });
    }
    return requested;
  });

/**
 * Takes what's being built away; what a rollback brings back is kept as it was, for the next one. The live rows aren't
 * touched. False where nothing was being built.
 */
export const cancelBuilding = (database: Database, projection: string): Promise<boolean> =>
  database.transaction(async (tx) => {
    await lockGenerations(tx, projection);
    const begun = building(await readCheckpoints(tx, projection));
    for (const one of begun) {
      if (one.broughtBack) await setGeneration(tx, one, 'retired');
      else await dropGeneration(tx, one);
    }
    return begun.length > 0;
  });

/**
 * Asks for the generation that was live last to come back: it catches up from where it was left, and swaps in as any other does,
 * so that nobody sees older rows than before. Throws GenerationRefusedError.
 */
export const requestRollback = (database: Database, projection: string): Promise<Checkpoint> =>
  database.transaction(async (tx) => {
    await lockGenerations(tx, projection);
    const begun = building(await readCheckpoints(tx, projection));
    const back = broughtBackOf(begun);
    if (back) throw rollbackUnderWay(back);
    const [other] = begun;
    if (other) {
      throw new GenerationRefusedError(
        `${projection}: version ${other.version}, build ${other.build}, is being built; cancel that first.`,
      );
    }
    const last = await lastRetired(tx, projection);
    if (!last) {
      throw new GenerationRefusedError(
        `${projection}: no earlier generation is kept. One that holds what was erased since is removed.`,
      );
    }
    await tx.query(
      `UPDATE vault.projection_checkpoints SET generation = 'building', brought_back = true, state = 'running', reason = NULL, updated_at = now()
       WHERE projection = $1 AND version = $2 AND build = $3`,
      [last.projection, last.version, last.build],
    );
    const asked = await readCheckpoint(tx, last);
    if (!asked) throw new Error(`The checkpoint of ${projection} has gone.`);
    return asked;
  });
