import pg from 'pg';
import { DatabaseUnavailableError, isConnectionFailure } from './database.js';
import { migrations } from './migrations/index.js';

/** Names the lock under which one process at a time migrates. */
const MIGRATION_LOCK = 'rapport-migrations';

/**
 * Brings the schemas up to date: `vault` for what no rebuild touches, `read` for the read models. Safe when several
 * processes call it at once: one works, the others wait. Returns the names of the migrations that it ran.
 */
export const migrate = async (databaseUrl: string): Promise<readonly string[]> => {
  const guard = new pg.Client({ connectionString: databaseUrl, application_name: 'rapport-migrate' });
  guard.on('error', () => undefined);
  try {
    await guard.connect();
    // The lock goes with the connection.
    await guard.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [MIGRATION_LOCK]);
    await guard.query('CREATE SCHEMA IF NOT EXISTS vault');
    const ran = await runMigrations(databaseUrl);
    await makeReadSchema(guard);
    return ran;
  } catch (error) {
    throw isConnectionFailure(error) ? new DatabaseUnavailableError(error) : error;
  } finally {
    await guard.end().catch(() => undefined);
  }
};

/** A migration made them, but after a restore of `vault` alone they aren't there. */
const makeReadSchema = async (client: pg.Client): Promise<void> => {
  await client.query('CREATE SCHEMA IF NOT EXISTS read');
  await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  await client.query('CREATE EXTENSION IF NOT EXISTS btree_gin');
};

const runMigrations = async (databaseUrl: string): Promise<readonly string[]> => {
  // Loaded here: only who migrates needs its three hundred modules.
  const { DataSource } = await import('typeorm');
  const source = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    applicationName: 'rapport-migrate',
    // What was run is state that no rebuild touches.
    schema: 'vault',
    migrationsTableName: 'migrations',
    migrations: [...migrations],
    extra: { max: 1 },
  });
  await source.initialize();
  try {
    return (await source.runMigrations({ transaction: 'all' })).map(({ name }) => name);
  } finally {
    await source.destroy();
  }
};
