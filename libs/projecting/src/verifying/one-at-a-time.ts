import type { Database } from '#libs/read-store';

/** Another one is at work in the same tables. Nothing was begun. */
export class VerifyUnderWayError extends Error {
  constructor() {
    super(
      'Read models of this database are being compared with the log already. Wait for that to end, and start again.',
    );
    this.name = 'VerifyUnderWayError';
  }
}

const LOCK = 'rapport-verify';

/**
 * Runs the work with a lock that one process at a time has on a database, on a connection of its own, which PostgreSQL gives
 * back when that ends. Throws VerifyUnderWayError, and where the connection was lost meanwhile what PostgreSQL throws: then
 * another one may have begun beside.
 */
export const oneAtATime = async <T>(database: Database, work: () => Promise<T>): Promise<T> => {
  const client = await database.pool.connect();
  try {
    const { rows } = await client.query<{ won: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS won',
      [LOCK],
    );
    if (!rows[0]?.won) throw new VerifyUnderWayError();
    const result = await work();
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [LOCK]);
    return result;
  } finally {
    client.release(true);
  }
};
