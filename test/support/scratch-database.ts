import { Database, migrate } from '#libs/read-store';
import { randomUUID } from 'node:crypto';

/** A database of a spec's own on the server that the suites share. */
export interface ScratchDatabase {
  readonly url: string;
  readonly database: Database;
  drop(): Promise<void>;
}

const serverUrl = (): string => {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('DATABASE_URL is not set: the suite has no server.');
  return url;
};

/** Makes one, migrated unless told otherwise. */
export const scratchDatabase = async ({ migrated = true } = {}): Promise<ScratchDatabase> => {
  const server = new Database(serverUrl(), { max: 1 });
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  await server.query(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  if (migrated) await migrate(url.href);
  const database = new Database(url.href, { max: 10, applicationName: name });
  return {
    url: url.href,
    database,
    drop: async () => {
      await database.close();
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.close();
    },
  };
};
