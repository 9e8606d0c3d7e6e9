import { EventCodec, EventLog } from '#libs/event-store';
import { encodePosition } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { countDeadLetters, liveChecksum, rebuildInto } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { openWriteSide } from '../../importing/write-side.js';
import { withInstance } from '../../running/with-instance.js';
import { say } from '../../terminal.js';
import { eventDefinitions } from './event-definitions.js';
import { LongWork } from './long-work.js';
import { assertNames, named } from './read-models.js';

/** Folds the log anew, up to where the live rows are, and compares all rows. Exit code 2 where they differ. */
export const verify = (names: readonly string[]): Promise<void> => {
  assertNames(names);
  return withInstance(async (context) => {
    const app = await openWriteSide(context, eventDefinitions);
    const [database, log, decoder] = [app.get(Database), app.get(EventLog), app.get(EventCodec)];
    const logger = createLogger({ service: 'rapport-verify', level: 'error' });
    try {
      const parked = await countDeadLetters(database);
      for (const projection of await named(database, names)) {
        const live = await liveChecksum(database, projection);
        if (!live) {
          say(`${projection.name}: no live rows of version ${projection.version}`);
          process.exitCode = 2;
          continue;
        }
        const scratchSchema = `verify_${projection.name.replaceAll('-', '_')}`;
        const work = new LongWork(`verifying ${projection.name}`);
        const rebuilt = await rebuildInto({
          database,
          log,
          decoder,
          logger,
          projection,
          scratchSchema,
          upTo: live.position,
          onProgress: (reached) => work.at(reached.commit, live.position.commit),
        }).finally(() => work.stop());
        const same = rebuilt.checksum.hash === live.checksum.hash;
        const rows = live.checksum.tables.map((t) => `${t.table} ${t.rows}`).join(', ');
        say(
          `${projection.name}: ${same ? 'equal' : 'DIFFERENT'} at ${encodePosition(live.position)}, ${rebuilt.events} events (rows: ${rows})`,
        );
        if (same) continue;
        process.exitCode = 2;
        const letters = parked.get(projection.name) ?? 0;
        if (letters > 0) say(`  ${letters} events are set aside: see "rapport projections dead-letters list".`);
      }
    } finally {
      await app.close();
    }
  });
};
