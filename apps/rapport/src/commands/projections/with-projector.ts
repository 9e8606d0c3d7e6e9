import { EventCodec, EventLog } from '#libs/event-store';
import { createLogger } from '#libs/observability';
import { ELECTION_APPLICATION, ProjectionHost, type Projection } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { openWriteSide } from '../../importing/write-side.js';
import { withInstance } from '../../running/with-instance.js';
import { say } from '../../terminal.js';
import { named } from './read-models.js';

/** A projector that runs looks for work twice a second: it gets this long to take it up. */
const HEAD_START_MILLISECONDS = 2_000;

/** Whether one may run; it needn't be one that works on the same projections. */
const projectorRuns = async (database: Database): Promise<boolean> => {
  const found = await database.query(
    'SELECT FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database() LIMIT 1',
    [ELECTION_APPLICATION],
  );
  return found.length > 0;
};

/**
 * Work that a projector has to do on the projections with these names. This process stands for election too for as long as it
 * takes: what nobody else works on, or not any more, is done here.
 */
export const withProjector = (
  names: readonly string[],
  work: (database: Database, projections: readonly Projection[]) => Promise<void>,
): Promise<void> =>
  withInstance(async (context) => {
    const app = await openWriteSide(context);
    const database = app.get(Database);
    try {
      const projections = await named(database, names);
      const [log, decoder] = [app.get(EventLog), app.get(EventCodec)];
      const logger = createLogger({ service: 'rapport-projections', level: 'error' });
      const host = new ProjectionHost({ database, log, decoder, projections, logger });
      const runs = await projectorRuns(database);
      if (!runs) say('No projector is connected: the work is done here.');
      const start = setTimeout(() => host.start(), runs ? HEAD_START_MILLISECONDS : 0);
      try {
        await work(database, projections);
      } finally {
        clearTimeout(start);
        await host.stop();
      }
    } finally {
      await app.close();
    }
  });
