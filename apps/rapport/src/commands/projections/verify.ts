import { EventCodec, EventLog } from '#libs/event-store';
import { encodePosition } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { compareWithLog, countDeadLetters, type Comparison } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { openWriteSide } from '../../importing/write-side.js';
import { withInstance } from '../../running/with-instance.js';
import { say } from '../../terminal.js';
import { LongWork } from './long-work.js';
import { assertNames, named } from './read-models.js';

/** Folds the log anew, once for all, up to where the live rows are, and compares all rows. Exit code 2 where they differ. */
export const verify = (names: readonly string[]): Promise<void> => {
  assertNames(names);
  return withInstance(async (context) => {
    const app = await openWriteSide(context);
    const [database, log, decoder] = [app.get(Database), app.get(EventLog), app.get(EventCodec)];
    const logger = createLogger({ service: 'rapport-verify', level: 'error' });
    const work = new LongWork('verifying');
    try {
      const parked = await countDeadLetters(database);
      const projections = await named(database, names);
      const compared = await compareWithLog({ database, log, decoder, logger }, projections, (reached, goal) =>
        work.at(reached.commit, goal.commit),
      ).finally(() => work.stop());
      for (const one of compared) {
        say(inWords(one));
        if (one.outcome === 'equal') continue;
        process.exitCode = 2;
        const letters = parked.get(one.projection.name) ?? 0;
        if (letters > 0) say(`  ${letters} events are set aside: see "rapport projections dead-letters list".`);
      }
    } finally {
      await app.close();
    }
  });
};

const inWords = ({ projection: { name, version }, outcome, live, events, reason }: Comparison): string => {
  if (!live) return `${name}: no live rows of version ${version}`;
  const at = encodePosition(live.position);
  if (outcome === 'stopped') return `${name}: NOT COMPARED at ${at}. ${reason ?? ''}`;
  const rows = live.checksum.tables.map((table) => `${table.table} ${table.rows}`).join(', ');
  return `${name}: ${outcome === 'equal' ? 'equal' : 'DIFFERENT'} at ${at}, ${events} events (rows: ${rows})`;
};
