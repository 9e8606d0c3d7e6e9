import { EventCodec, EventLog } from '#libs/event-store';
import { createLogger } from '#libs/observability';
import { ELECTION_APPLICATION, ProjectionHost, type Projection } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { openWriteSide } from '../../importing/write-side.js';
import { withInstance } from '../../running/with-instance.js';
import { say } from '../../terminal.js';
import { named } from './read-models.js';

const projectorRuns = async (database: Database): Promise<boolean> => {
  const found = await database.query(
    'SELECT FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database() LIMIT 1',
    [ELECTION_APPLICATION],
  );
  return found.length > 0;
};

/** Work that a projector has to do on the projections with these names: the one that runs, or for as long as it takes this process, where none is connected. */
export const withProjector = (
  names: readonly string[],
  work: (database: Database, projections: readonly Projection[]) => Promise<void>,
): Promise<void> =>
  withInstance(async (context) => {
    const app = await openWriteSide(context);
    const database = app.get(Database);
    let host: ProjectionHost | undefined;
    try {
      const projections = await named(database, names);
      if (!(await projectorRuns(database))) {
        say('No projector is connected: the work is done here.');
        const [log, decoder] = [app.get(EventLog), app.get(EventCodec)];
        const logger = createLogger({ service: 'rapport-projections', level: 'error' });
        host = new ProjectionHost({ database, log, decoder, projections, logger });
        host.start();
      }
      await work(database, projections);
    } finally {
      await host?.stop();
      await app.close();
    }
  });
