import pg from 'pg';
import { hash } from 'node:crypto';

/** Runs statements; either a pooled connection each, or all in one transaction. */
export interface SqlExecutor {
  /** Rows as plain objects. `bigint` (int8) and `numeric` columns come as strings; cast or convert them where they're read. */
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    sql: string,
    params?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Row[]>;
}

export interface QueryOptions {
  /**
   * True has each connection parse and plan the statement once: a third of what a small batch costs PostgreSQL, and five
   * sixths of what it costs to look one person up. For statements of a bounded number of texts, whose best plan doesn't
   * depend on the values.
   */
  readonly prepared?: boolean;
}

/** A connection inside a transaction. `client` is for COPY and for session-level statements. */
export interface Transaction extends SqlExecutor {
  readonly client: pg.PoolClient;
}

/** Thrown where PostgreSQL can't be reached or refuses to work just now. HTTP answers it with 503. */
export class DatabaseUnavailableError extends Error {
  constructor(cause: unknown) {
    super('PostgreSQL is not available.', { cause });
    this.name = 'DatabaseUnavailableError';
  }
}

/**
 * SQLSTATE classes 08 (connection), 57P (operator intervention), 53 (resources), and what the sockets say; and 25006, of a
 * server that became read-only because another took over: only a new connection finds that one.
 */
export const isConnectionFailure = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string')
    return /^(08|57P|53|25006)/.test(code) || /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOST)/.test(code);
  return /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
    error.message,
  );
};

/**
 * How like a word of a text has to be to the word searched for, for pg_trgm's `%>`. Measured on names, titles and skills:
 * one wrong, missing or swapped letter gives 0.43 to 0.75, another word at most 0.2. The default of 0.6 misses "sofware".
 */
const WORD_SIMILARITY = 0.4;

/**
 * By which PostgreSQL notices a client whose machine or network has gone, in seconds: its session, and what it has
 * locked, would otherwise stay for two hours.
 */
const KEEPALIVES = { idle: 10, interval: 5, count: 3 } as const;

/** Settings of a session, as its connection asks for them when it begins. */
export const sessionOptions = (settings: Readonly<Record<string, number>> = {}): string =>
  Object.entries({
    tcp_keepalives_idle: KEEPALIVES.idle,
    tcp_keepalives_interval: KEEPALIVES.interval,
    tcp_keepalives_count: KEEPALIVES.count,
    ...settings,
  })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');

/** PostgreSQL names what it keeps; equal texts have equal names. */
const statementNames = new Map<string, string>();
let renamed = 0;

const nameFor = (text: string): string => {
  const name = statementNames.get(text) ?? `s${hash('sha256', text, 'hex').slice(0, 32)}`;
  statementNames.set(text, name);
  return name;
};

const statement = (text: string, params: readonly unknown[], options?: QueryOptions): pg.QueryConfig =>
  options?.prepared === true ? { name: nameFor(text), text, values: [...params] } : { text, values: [...params] };

/** What a view gives has other types since the connection prepared the statement: by its name it can't be run any more. */
const isOutdatedPlan = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.routine === 'RevalidateCachedQuery';

/** Runs statements without having them kept: for tables that are there for a while only, each with a name of its own. */
export const unprepared = (sql: SqlExecutor): SqlExecutor => ({ query: (text, params) => sql.query(text, params) });

/** PostgreSQL through one pool. */
export class Database implements SqlExecutor {
  readonly pool: pg.Pool;

  /**
   * @param options.max connections that the pool may open
   * @param options.statementTimeoutMilliseconds how long a statement may take before it's cancelled; for ever unless given
   * @param options.answerWithinMilliseconds how long PostgreSQL may take to answer a statement before its connection counts
   *   as dead and is thrown away: a network that swallows packets says nothing. Unbounded unless given
   * @param options.idleInTransactionMilliseconds how long PostgreSQL waits for the next statement of a transaction before it
   *   ends the session, and with it the locks; `answerWithinMilliseconds` unless given
   * @param options.lockTimeoutMilliseconds how long a statement waits for a lock before it fails; for ever unless given
   */
  constructor(
    readonly url: string,
    options: {
      max?: number;
      applicationName?: string;
      statementTimeoutMilliseconds?: number;
      answerWithinMilliseconds?: number;
      idleInTransactionMilliseconds?: number;
      lockTimeoutMilliseconds?: number;
    } = {},
  ) {
    const idle = options.idleInTransactionMilliseconds ?? options.answerWithinMilliseconds;
    this.pool = new pg.Pool({
      connectionString: url,
      max: options.max ?? 10,
      application_name: options.applicationName ?? 'rapport',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      options: sessionOptions({ 'pg_trgm.word_similarity_threshold': WORD_SIMILARITY }),
      ...(options.statementTimeoutMilliseconds === undefined
        ? {}
        : { statement_timeout: options.statementTimeoutMilliseconds }),
      ...(options.answerWithinMilliseconds === undefined ? {} : { query_timeout: options.answerWithinMilliseconds }),
      ...(idle === undefined ? {} : { idle_in_transaction_session_timeout: idle }),
      ...(options.lockTimeoutMilliseconds === undefined ? {} : { lock_timeout: options.lockTimeoutMilliseconds }),
    });
    // An idle connection that breaks is replaced by the pool at the next use; without a listener it would end the process.
    this.pool.on('error', () => undefined);
    // Nor may one that breaks between two listeners: a server that shuts down may say so together with its first answer.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    sql: string,
    params: readonly unknown[] = [],
    options?: QueryOptions,
  ): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(statement(sql, params, options))).rows;
    } catch (error) {
      if (options?.prepared === true && isOutdatedPlan(error)) {
        statementNames.set(sql, `${nameFor(sql).slice(0, 33)}_${++renamed}`);
        return this.query(sql, params, options);
      }
      throw isConnectionFailure(error) ? new DatabaseUnavailableError(error) : error;
    }
  }

  /**
   * Has every statement of `work` see the rows as they are at the first one; none can write. Statements aren't
   * prepared in it: one whose plan is outdated couldn't be tried again.
   */
  snapshot<T>(work: (sql: SqlExecutor) => Promise<T>): Promise<T> {
    return this.transaction((tx) => work(unprepared(tx)), 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  }

  /** Commits what `work` did, or rolls all of it back and throws. A failure at COMMIT leaves the outcome unknown. */
  async transaction<T>(work: (tx: Transaction) => Promise<T>, begin = 'BEGIN'): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.pool.connect();
    } catch (error) {
      throw isConnectionFailure(error) ? new DatabaseUnavailableError(error) : error;
    }
    let broken: Error | undefined;
    const onError = (error: Error): void => void (broken = error);
    client.on('error', onError);
    try {
      await client.query(begin);
      const result = await work({
        client,
        query: async (sql, params = [], options) => (await client.query(statement(sql, params, options))).rows as never,
      });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      if (broken === undefined && !isConnectionFailure(error))
        await client.query('ROLLBACK').catch((e: Error) => (broken = e));
      else broken ??= error as Error;
      throw isConnectionFailure(error) ? new DatabaseUnavailableError(error) : error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
