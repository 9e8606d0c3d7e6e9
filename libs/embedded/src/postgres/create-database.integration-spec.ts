import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, databaseUrlOf } from './create-database.js';

const serverUrl = process.env['DATABASE_URL'] ?? '';

describe('The PostgreSQL that the suites run on', () => {
  it('takes new databases, each once', async () => {
    const name = `Database "${process.pid}"`;
    const url = await createDatabase(serverUrl, name);
    expect(await createDatabase(serverUrl, name)).toBe(url);
    expect(url).toBe(databaseUrlOf(serverUrl, name));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      expect((await client.query('SELECT current_database() AS name')).rows).toEqual([{ name }]);
      // Accents are letters: the locale isn't plain C.
      expect((await client.query("SELECT 'ÉCOLE' ILIKE 'école' AS same")).rows).toEqual([{ same: true }]);
    } finally {
      await client.end();
    }
    const server = new pg.Client({ connectionString: serverUrl });
    await server.connect();
    await server.query(`DROP DATABASE ${pg.escapeIdentifier(name)}`);
    await server.end();
  });
});
