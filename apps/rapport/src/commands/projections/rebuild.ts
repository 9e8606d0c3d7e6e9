import { cancelBuilding, ensureGeneration, requestRebuild, requestRollback } from '#libs/projecting';
import { say } from '../../terminal.js';
import { withDatabase } from '../../running/with-database.js';
import { assertNames, named } from './read-models.js';
import { watchBuilding } from './watch-building.js';
import { withProjector } from './with-projector.js';

/**
 * Builds projections anew from the log, beside their live rows, and swaps once they have caught up; what was live is kept
 * for a way back. Exit code 2 where one stopped.
 */
export const rebuild = async (names: readonly string[], { cancel = false }: { cancel?: boolean }): Promise<void> => {
  assertNames(names);
  if (cancel) {
    return withDatabase(async (database) => {
      for (const { name } of await named(database, names))
        say(`${name}: ${(await cancelBuilding(database, name)) ? 'let go' : 'nothing was being built'}`);
    });
  }
  return withProjector(names, async (database, chosen) => {
    // On a database that no projector has seen yet.
    for (const projection of chosen) await ensureGeneration(database, projection);
    await watchBuilding(database, await requestRebuild(database, chosen));
  });
};

/** Brings the generation back that was live before. Exit code 2 where that stopped. */
export const rollback = (name: string): Promise<void> => {
  assertNames([name]);
  return withProjector([name], async (database, chosen) => {
    const back = await requestRollback(database, name);
    const own = chosen.find(({ version }) => version === back.version);
    if (!own) say(`${name}: version ${back.version} needs a projector of the release that has it.`);
    await watchBuilding(database, [back]);
  });
};
