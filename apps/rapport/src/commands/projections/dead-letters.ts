import { encodePosition } from '#libs/kernel';
import { listDeadLetters, requestReplay, type DeadLetter } from '#libs/projecting';
import type { Database } from '#libs/read-store';
import Table from 'cli-table3';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from '../../terminal.js';
import { assertNames, named, withDatabase } from './read-models.js';

const LOOK_MILLISECONDS = 200;

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
  const seconds = Number(timeout);
  if (!Number.isFinite(seconds) || seconds <= 0) throw new Error('--timeout takes seconds, e.g. 60.');
  return withDatabase(async (database) => {
    let asked = 0;
    for (const { name } of await named(database, names)) asked += await requestReplay(database, name);
    if (asked === 0) return say('No projection has set anything aside.');
    const deadline = Date.now() + seconds * 1_000;
    for (;;) {
      const left = await lettersOf(database, names);
      if (left.every(({ replayRequested }) => !replayRequested)) {
        say(`${asked - left.length} taken in, ${left.length} left.`);
        if (left.length > 0) process.exitCode = 2;
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(
          `Nobody has taken them up within ${seconds} s. Is a projector running? The request stands; see "rapport projections dead-letters list".`,
        );
      }
      await wait(LOOK_MILLISECONDS);
    }
  });
};
