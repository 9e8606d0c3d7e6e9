import { KeyRing, roles, type KeyListing, type Role, type ShownKey } from '#libs/access';
import Table from 'cli-table3';
import { Option, type Command } from 'commander';
import { say } from '../../terminal.js';
import { durationIn, expiryIn } from './durations.js';
import { rotateMaster } from './rotate-master.js';
import { withDatabase } from '../../running/with-database.js';

const DEFAULT_OVERLAP = '24h';

const minute = (date: Date | null): string => date?.toISOString().slice(0, 16).replace('T', ' ') ?? '';

const stateOf = ({ revokedAt, expiresAt, previousUntil }: KeyListing): string => {
  if (revokedAt) return `revoked ${minute(revokedAt)}`;
  if (expiresAt && expiresAt.getTime() <= Date.now()) return 'expired';
  return previousUntil ? `valid; old secret until ${minute(previousUntil)}` : 'valid';
};

/** The key alone goes to standard output, so that it can be piped to where it's needed. */
const show = ({ id, key }: ShownKey, note: string): void => {
  process.stderr.write(`Key ${id}: shown only this once. ${note}\n`);
  say(key);
};

const create = async (options: { role: Role; name: string; expires?: string }): Promise<void> => {
  const name = options.name.trim();
  if (name === '' || name.length > 100) throw new Error('--name must have from 1 to 100 characters.');
  const expiresAt = options.expires === undefined ? undefined : expiryIn(options.expires);
  await withDatabase(async (database) => {
    const made = await new KeyRing(database).create({ role: options.role, name, expiresAt });
    show(made, expiresAt ? `It expires at ${expiresAt.toISOString()}.` : 'It does not expire.');
  });
};

const list = ({ json }: { json?: boolean }): Promise<void> =>
  withDatabase(async (database) => {
    const keys = await new KeyRing(database).list();
    if (json) return say(JSON.stringify(keys, undefined, 2));
    const table = new Table({ head: ['id', 'role', 'name', 'state', 'expires', 'last used'], style: { head: [] } });
    for (const key of keys)
      table.push([key.id, key.role, key.name, stateOf(key), minute(key.expiresAt), minute(key.lastUsedAt)]);
    say(table.toString());
    say('Times are UTC.');
  });

const rotate = async (id: string, { overlap }: { overlap: string }): Promise<void> => {
  const seconds = durationIn(overlap, '--overlap');
  await withDatabase(async (database) => {
    const made = await new KeyRing(database).rotate(id, seconds);
    if (!made) throw new Error(`There is no valid key "${id}". "rapport keys list" shows them.`);
    show(
      made,
      seconds === 0
        ? 'The old secret stops working now, in running apps within 30 seconds.'
        : `The old secret works for ${overlap} more.`,
    );
  });
};

const revoke = (id: string): Promise<void> =>
  withDatabase(async (database) => {
    if (!(await new KeyRing(database).revoke(id)))
      throw new Error(`There is no key "${id}" that could be revoked. "rapport keys list" shows them.`);
    say(`Key ${id} is revoked: running apps refuse it within 30 seconds.`);
  });

export const registerKeys = (program: Command): void => {
  const command = program.command('keys').description('Make, list, rotate and revoke API keys; rotate the master key.');
  command
    .command('create')
    .description('Make an API key. It is shown once.')
    .addOption(new Option('--role <role>', 'what its holder may do').choices(roles).makeOptionMandatory())
    .requiredOption('--name <name>', 'which program or team holds it; not a person’s name')
    .option('--expires <when>', 'a day, a time, or a duration like 90d; never, unless given')
    .action(create);
  command.command('list').description('All keys, without their secrets.').option('--json', 'as JSON').action(list);
  command
    .command('rotate <id>')
    .description('Give a key a new secret, which is shown once; the old one works on for a while.')
    .option('--overlap <duration>', 'how long the old secret works on: 30m, 24h, 7d, or 0', DEFAULT_OVERLAP)
    .action(rotate);
  command.command('revoke <id>').description('End a key for good.').action(revoke);
  command
    .command('rotate-master')
    .description('Wrap all people’s keys with a new master key, while no app is running.')
    .action(rotateMaster);
};
