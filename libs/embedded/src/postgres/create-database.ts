import pg from 'pg';

const DUPLICATE_DATABASE = '42P04';

/** The same server, another database. */
export const databaseUrlOf = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
};

/**
 * Creates a database on the server that `url` leads to, unless it has one of that name.
 * @param url of any database of that server, as somebody who may create databases
 * @returns the URL of the database
 */
export const createDatabase = async (url: string, name: string): Promise<string> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    // Somebody else was faster.
    if ((error as { code?: string }).code !== DUPLICATE_DATABASE) throw error;
  } finally {
    await client.end();
  }
  return databaseUrlOf(url, name);
};
