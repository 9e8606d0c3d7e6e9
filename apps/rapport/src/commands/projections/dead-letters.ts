import { encodePosition } from '#libs/kernel';
import { listDeadLetters, requestReplay, type DeadLetter } from '#libs/projecting';
import type { Database } from '#libs/read-store';
import Table from 'cli-table3';
import { say } from '../../terminal.js';
import { secondsOf } from '../option-values.js';
import { untilTakenUp } from '../taken-up.js';
import { withDatabase } from '../../running/with-database.js';
import { assertNames, named } from './read-models.js';

const shown = (letter: DeadLetter): Record<string, string | number> => ({
  projection: letter.projection,
  position: encodePosition(letter.position),
  stream: letter.streamId,
  revision: letter.revision,
  type: letter.eventType,
  reason: letter.reason,
  attempts: letter.attempts,
  since: letter.firstFailedAt.toISOString(),
});

const lettersOf = async (database: Database, names: readonly string[]): Promise<readonly DeadLetter[]> =>
  (
    await Promise.all((await named(database, names)).map(({ name }) => listDeadLetters(database, { projection: name })))
  ).flat();

/** What projections have set aside: where it lies in the log, and why. */
export const listLetters = (names: readonly string[], { json = false }: { json?: boolean }): Promise<void> => {
  assertNames(names);
  return withDatabase(async (database) => {
    const letters = (await lettersOf(database, names)).map(shown);
    if (json) return say(JSON.stringify(letters, null, 2));
    if (letters.length === 0) return say('No projection has set anything aside.');
    const table = new Table({ head: Object.keys(letters[0] ?? {}), style: { head: [] } });
    for (const letter of letters) table.push(Object.values(letter));
    say(table.toString());
  });
};

/** Has the projector take up what was set aside, and waits for the outcome. Exit code 2 where something is left. */
export const replayLetters = (names: readonly string[], { timeout }: { timeout: string }): Promise<void> => {
  assertNames(names);
  const seconds = secondsOf(timeout, '--timeout');
  return withDatabase(async (database) => {
    let asked = 0;
    for (const { name } of await named(database, names)) asked += await requestReplay(database, name);
    if (asked === 0) return say('No projection has set anything aside.');
    await untilTakenUp({
      asked,
      left: () => lettersOf(database, names),
      seconds,
      advice: 'Is a projector running? The request stands; see "rapport projections dead-letters list".',
    });
  });
};
