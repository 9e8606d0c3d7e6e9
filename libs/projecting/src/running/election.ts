import { DatabaseUnavailableError, sessionOptions, type SqlExecutor } from '#libs/read-store';
import pg from 'pg';
import type { GenerationId } from '../checkpoints/checkpoint.js';
import { rest, within } from './waiting.js';

/** How often the connection proves that it's there, whatever its owner is busy with. */
const PROOF_MILLISECONDS = 1_000;

/** A statement on the election's connection that takes longer means that the connection is gone. */
const ANSWER_MILLISECONDS = 5_000;

/**
 * A connection that proves nothing for this long is ended by PostgreSQL. Behind a network that swallows packets it would
 * hold its locks until the operating system gives up, and nobody could take over: 2 h by default.
 */
const SILENCE_MILLISECONDS = 10_000;

const CLOSE_MILLISECONDS = 1_000;

/** The name of the connection by which a projector stands for election, as PostgreSQL shows it. */
export const ELECTION_APPLICATION = 'rapport-election';

const lockName = ({ projection, version, build }: GenerationId): string =>
  `rapport-projection/${projection}/${version}/${build}`;

/**
 * Elects who works on which generation: advisory locks of one connection, which PostgreSQL gives back when the connection
 * ends. Whoever loses the connection has lost all its elections and must stop.
 */
export class Election implements SqlExecutor {
  /** Aborts when the connection is lost or closed. */
  readonly lost: AbortSignal;
  private readonly gone = new AbortController();

  private constructor(private readonly client: pg.Client) {
    this.lost = this.gone.signal;
    client.on('error', () => this.gone.abort());
    client.on('end', () => this.gone.abort());
  }

  /** @param application as PostgreSQL shows who it is. Throws DatabaseUnavailableError. */
  static async open(databaseUrl: string, application = ELECTION_APPLICATION): Promise<Election> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: application,
      connectionTimeoutMillis: ANSWER_MILLISECONDS,
      query_timeout: ANSWER_MILLISECONDS,
      keepAlive: true,
      options: sessionOptions({ idle_session_timeout: SILENCE_MILLISECONDS }),
    });
    const election = new Election(client);
    try {
      await client.connect();
    } catch (error) {
      await election.close();
      throw new DatabaseUnavailableError(error);
    }
    void election.holds();
    return election;
  }

  /** Whether this process may work on the generation from now on. To be asked once until it was released. */
  async win(id: GenerationId): Promise<boolean> {
    const [row] = await this.ask<{ won: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS won', id);
    return row?.won ?? false;
  }

  async release(id: GenerationId): Promise<void> {
    await this.ask('SELECT pg_advisory_unlock(hashtextextended($1, 0))', id);
  }

  /**
   * Runs a statement on the connection that holds the locks: what's not elected any more can't say anything by it, however
   * late it wakes up. Throws DatabaseUnavailableError.
   */
  async query<Row extends pg.QueryResultRow>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    if (this.lost.aborted) throw new DatabaseUnavailableError(undefined);
    return this.run<Row>(sql, params);
  }

  async close(): Promise<void> {
    this.gone.abort();
    // A connection that died without a word never says that it has ended.
    await within(
      CLOSE_MILLISECONDS,
      this.client.end().catch(() => undefined),
    );
  }

  /** Notices a connection that died without a word, and lets PostgreSQL know that we haven't. */
  private async holds(): Promise<void> {
    while (!this.lost.aborted) {
      await rest(PROOF_MILLISECONDS, this.lost);
      if (!this.lost.aborted) await this.ask('SELECT 1').catch(() => undefined);
    }
  }

  private ask<Row extends pg.QueryResultRow>(sql: string, id?: GenerationId): Promise<Row[]> {
    return this.run<Row>(sql, id ? [lockName(id)] : []);
  }

  private async run<Row extends pg.QueryResultRow>(sql: string, params: readonly unknown[]): Promise<Row[]> {
    try {
      return (await this.client.query<Row>(sql, [...params])).rows;
    } catch (error) {
      this.gone.abort();
      throw new DatabaseUnavailableError(error);
    }
  }
}
