import { knownManagers, listParkedInputs, requestParkedReplay, type ParkedInput } from '#libs/reacting';
import type { SqlExecutor } from '#libs/read-store';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { say } from '../../terminal.js';
import { withDatabase } from '../../running/with-database.js';
import { secondsOf } from '../option-values.js';
import { untilTakenUp } from '../taken-up.js';

const NOTHING = 'No process manager has set anything aside.';

/** For programs and for people. */
const shown = ({ manager, input, streamId, reason, parkedAt }: ParkedInput): Record<string, string> => ({
  manager,
  input,
  stream: streamId,
  reason,
  since: parkedAt.toISOString(),
});

/** Of these names those that are asked for; all of them for none. Throws an Error that lists them for one that isn't there. */
const named = async (sql: SqlExecutor, names: readonly string[]): Promise<readonly string[]> => {
  const known = await knownManagers(sql);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new Error(`No process manager "${wrong}" ever ran. Process managers: ${known.join(', ') || 'none'}.`);
  return names.length === 0 ? known : names;
};

/** What process managers have set aside: where it lies in the log, and why. */
const list = (names: readonly string[], { json = false }: { json?: boolean }): Promise<void> =>
  withDatabase(async (database) => {
    const parked = (await listParkedInputs(database, await named(database, names))).map(shown);
    if (json) return say(JSON.stringify(parked, null, 2));
    if (parked.length === 0) return say(NOTHING);
    const table = new Table({ head: Object.keys(parked[0] ?? {}), style: { head: [] } });
    for (const input of parked) table.push(Object.values(input));
    say(table.toString());
  });

/** Has automation take up what was set aside, and waits for the outcome. Exit code 2 where something is left. */
const replay = (names: readonly string[], { timeout }: { timeout: string }): Promise<void> => {
  const seconds = secondsOf(timeout, '--timeout');
  return withDatabase(async (database) => {
    const managers = await named(database, names);
    const asked = await requestParkedReplay(database, managers);
    if (asked === 0) return say(NOTHING);
    await untilTakenUp({
      asked,
      left: () => listParkedInputs(database, managers),
      seconds,
      advice: 'Is automation running? The request stands; see "rapport reactions list".',
    });
  });
};

/** `rapport reactions …` */
export const registerReactions = (program: Command): void => {
  const command = program.command('reactions').description('What process managers could not handle.');
  command
    .command('list [managers...]')
    .description('What is set aside, and why.')
    .option('--json', 'for programs')
    .action(list);
  command
    .command('replay [managers...]')
    .description('Take up what was set aside, once what was wrong is mended.')
    .option('--timeout <seconds>', 'how long to wait for automation', '60')
    .action(replay);
};
