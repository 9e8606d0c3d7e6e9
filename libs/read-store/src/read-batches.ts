import type pg from 'pg';
import { DatabaseUnavailableError, isConnectionFailure, type Database } from './database.js';

export interface BatchReading {
  readonly sql: string;
  readonly params: readonly unknown[];
  /** Rows of a batch. */
  readonly size: number;
  /** Aborted once nobody wants the rest: what's running in PostgreSQL is cancelled. */
  readonly signal: AbortSignal;
  /** How long a batch may wait to be taken before PostgreSQL ends the reading: whoever reads so slowly keeps old rows from being cleaned up. */
  readonly idleMilliseconds: number;
}

const connect = async ({ pool }: Database): Promise<pg.PoolClient> => {
  try {
    return await pool.connect();
  } catch (error) {
    throw isConnectionFailure(error) ? new DatabaseUnavailableError(error) : error;
  }
};

/**
 * All rows of a query, a batch at a time, as they were in one instant. Each batch is read when it's asked for, so that however
 * many rows there are, memory holds one. A connection is held until the last batch, or until the reader goes.
 */
export async function* readInBatches<Row extends pg.QueryResultRow>(
  database: Database,
  { sql, params, size, signal, idleMilliseconds }: BatchReading,
): AsyncGenerator<Row[], void, undefined> {
  signal.throwIfAborted();
  const client = await connect(database);
  const { processID } = client as pg.PoolClient & { readonly processID: number | null };
  let ended = false;
  let broken: Error | undefined;
  const onError = (error: Error): void => void (broken = error);
  const cancel = (): void => void database.query('SELECT pg_cancel_backend($1)', [processID]).catch(() => undefined);
  client.on('error', onError);
  signal.addEventListener('abort', cancel);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // All rows will be read: the quickest way to the first of them isn't what's wanted.
    await client.query(
      `SET LOCAL cursor_tuple_fraction = 1; SET LOCAL idle_in_transaction_session_timeout = ${idleMilliseconds}`,
    );
    await client.query({ text: `DECLARE batches NO SCROLL CURSOR FOR ${sql}`, values: [...params] });
    for (let full = true; full;) {
      signal.throwIfAborted();
      const { rows } = await client.query<Row>(`FETCH ${size} FROM batches`);
      signal.throwIfAborted();
      full = rows.length === size;
      if (rows.length > 0) yield rows;
    }
    await client.query('COMMIT');
    ended = true;
  } catch (error) {
    throw isConnectionFailure(error) ? new DatabaseUnavailableError(error) : error;
  } finally {
    signal.removeEventListener('abort', cancel);
    client.off('error', onError);
    // Cut short: the cursor goes with the connection, and so does a cancellation that's still on its way.
    client.release(broken ?? !ended);
  }
}
