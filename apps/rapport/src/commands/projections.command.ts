import { EventCodec, EventLog } from '#libs/event-store';
import { encodePosition } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { liveChecksum, readCheckpoints, rebuildInto, type Projection } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { engagement } from '#projections/engagement';
import { funnel } from '#projections/funnel';
import { talentSearch } from '#projections/talent-search';
import { timeline } from '#projections/timeline';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { openWriteSide } from '../importing/write-side.js';
import { withInstance } from '../running/with-instance.js';
import { say } from '../terminal.js';

const readModels: readonly Projection[] = [talentSearch, engagement, funnel, timeline];

const named = (names: readonly string[]): readonly Projection[] => {
  const unknown = names.find((name) => !readModels.some((projection) => projection.name === name));
  if (unknown !== undefined) {
    throw new Error(
      `There is no projection "${unknown}". Projections: ${readModels.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0 ? readModels : readModels.filter(({ name }) => names.includes(name));
};

const status = (): Promise<void> =>
  withInstance(async ({ databaseUrl }) => {
    const database = new Database(databaseUrl, { max: 2, applicationName: 'rapport-projections' });
    try {
      const table = new Table({
        head: ['projection', 'version', 'generation', 'state', 'reason', 'position'],
        style: { head: [] },
      });
      for (const row of await readCheckpoints(database)) {
        table.push([
          row.projection,
          row.version,
          row.generation,
          row.state,
          row.reason ?? '',
          encodePosition(row.position),
        ]);
      }
      say(table.toString());
    } finally {
      await database.close();
    }
  });

/** Folds the log anew, up to where the live rows are, and compares all rows. Exit code 2 where they differ. */
const verify = (names: readonly string[]): Promise<void> => {
  const chosen = named(names);
  return withInstance(async (context) => {
    const app = await openWriteSide(context);
    const [database, log, decoder] = [app.get(Database), app.get(EventLog), app.get(EventCodec)];
    const logger = createLogger({ service: 'rapport-verify', level: 'error' });
    try {
      for (const projection of chosen) {
        const live = await liveChecksum(database, projection);
        if (!live) {
          say(`${projection.name}: no live rows of version ${projection.version}`);
          process.exitCode = 2;
          continue;
        }
        const scratchSchema = `verify_${projection.name.replaceAll('-', '_')}`;
        const rebuilt = await rebuildInto({
          database,
          log,
          decoder,
          logger,
          projection,
          scratchSchema,
          upTo: live.position,
        });
        const same = rebuilt.checksum.hash === live.checksum.hash;
        const rows = live.checksum.tables.map((t) => `${t.table} ${t.rows}`).join(', ');
        say(
          `${projection.name}: ${same ? 'equal' : 'DIFFERENT'} at ${encodePosition(live.position)}, ${rebuilt.events} events (rows: ${rows})`,
        );
        if (!same) process.exitCode = 2;
      }
    } finally {
      await app.close();
    }
  });
};

export const registerProjections = (program: Command): void => {
  const command = program.command('projections').description('Look after the read models.');
  command.command('status').description('Where each generation of each projection stands.').action(status);
  command
    .command('verify [names...]')
    .description('Fold the log anew beside the live rows, up to where they are, and compare.')
    .action((names: string[]) => verify(names));
};
