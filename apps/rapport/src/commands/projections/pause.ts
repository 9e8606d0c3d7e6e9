import { PAUSED_BY_OPERATOR, readCheckpoints, setCheckpointState } from '#libs/projecting';
import type { Database } from '#libs/read-store';
import { say } from '../../terminal.js';
import { withDatabase } from '../../running/with-database.js';
import { assertNames, named } from './read-models.js';

const generationsOf = async (database: Database, name: string) =>
  (await readCheckpoints(database, name)).filter(({ generation }) => generation !== 'retired');

/**
 * Stops projections where they are, in whichever process works on them, until they're resumed: also over restarts.
 * Queries that wait for a later position are answered with 503 meanwhile.
 */
export const pause = (names: readonly string[]): Promise<void> => {
  assertNames(names);
  return withDatabase(async (database) => {
    for (const { name } of await named(database, names)) {
      for (const generation of await generationsOf(database, name))
        await setCheckpointState(database, generation, 'paused', PAUSED_BY_OPERATOR);
      say(`${name}: paused`);
    }
  });
};

/** Lets projections go on from where they are, whatever stopped them. */
export const resume = (names: readonly string[]): Promise<void> => {
  assertNames(names);
  return withDatabase(async (database) => {
    for (const { name } of await named(database, names)) {
      const stopped = (await generationsOf(database, name)).filter(({ state }) => state !== 'running');
      for (const generation of stopped) await setCheckpointState(database, generation, 'running');
      say(`${name}: ${stopped.length === 0 ? 'was not stopped' : 'goes on'}`);
    }
  });
};
