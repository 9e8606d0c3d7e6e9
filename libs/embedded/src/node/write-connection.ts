import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { createTables, EventTable } from './event-table.js';
import { insertRecords } from './insert-records.js';
import type { StoredRecord } from './record.js';

/** Only one process may write a database; this is the number of its advisory lock. */
const LOCK = 7_297_677;
/** A predecessor that was just killed may hold its lock until PostgreSQL notices. */
const LOCK_PATIENCE_MILLISECONDS = 5_000;
const LOCK_EVERY_MILLISECONDS = 50;
const CONNECT_MILLISECONDS = 5_000;
const CLOSE_MILLISECONDS = 1_000;

/** Thrown where another node has the database. */
export class DatabaseInUseError extends Error {
  constructor() {
    super(
      'Another event store node is running on this database. Stop it first: two writers would corrupt the order of events.',
    );
    this.name = 'DatabaseInUseError';
  }
}

const takeLock = async (client: pg.Client): Promise<void> => {
  const until = performance.now() + LOCK_PATIENCE_MILLISECONDS;
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [LOCK]);
    if (rows[0]?.locked) return;
    if (performance.now() > until) throw new DatabaseInUseError();
    await wait(LOCK_EVERY_MILLISECONDS);
  }
};

/**
 * The one connection that writes. It holds the advisory lock, so that losing it is losing the right to write; and who
 * has the lock knows that nothing of a predecessor's is under way any more.
 */
export class WriteConnection {
  /** What's stored, as seen by the writer. */
  readonly table: EventTable;
  private isLost = false;

  private constructor(private readonly client: pg.Client) {
    this.table = new EventTable(client);
  }

  /**
   * @param onLost called once when the connection breaks by itself
   * Throws DatabaseInUseError where another process keeps the lock for five seconds.
   */
  static async open(url: string, onLost: () => void): Promise<WriteConnection> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MILLISECONDS,
      keepAlive: true,
      application_name: 'rapport-node',
    });
    const connection = new WriteConnection(client);
    client.on('error', () => {
      if (connection.isLost) return;
      connection.isLost = true;
      onLost();
    });
    try {
      await client.connect();
      await takeLock(client);
      await client.query('SET synchronous_commit = on');
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** True once it broke or was closed. */
  get lost(): boolean {
    return this.isLost;
  }

  async createTables(): Promise<void> {
    await this.client.query(createTables);
  }

  /** Commits all of them, or throws: then they may be there or not, which the next connection sees. */
  async insert(records: readonly StoredRecord[]): Promise<void> {
    await insertRecords(this.client, records);
  }

  /** Lets go of the lock; doesn't throw, and waits no longer than a second. */
  async close(): Promise<void> {
    this.isLost = true;
    await Promise.race([this.client.end().catch(() => undefined), wait(CLOSE_MILLISECONDS, undefined, { ref: false })]);
  }
}
