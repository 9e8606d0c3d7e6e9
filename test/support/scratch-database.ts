import { Database } from '#libs/read-store';
import { randomUUID } from 'node:crypto';

/** A database of a spec's own on the server that the suites share. */
export interface ScratchDatabase {
  readonly url: string;
  readonly database: Database;
  drop(): Promise<void>;
}

/** What the global setup of the suites left. */
const given = (name: 'DATABASE_URL' | 'SPEC_TEMPLATE'): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the suite has no server.`);
  return value;
};

/** Makes one, migrated unless told otherwise. */
export const scratchDatabase = async ({ migrated = true } = {}): Promise<ScratchDatabase> => {
  const server = new Database(given('DATABASE_URL'), { max: 1 });
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  const copied = migrated ? ` TEMPLATE ${given('SPEC_TEMPLATE')} STRATEGY file_copy` : '';
  await server.query(`CREATE DATABASE ${name}${copied}`);
  const url = new URL(given('DATABASE_URL'));
  url.pathname = `/${name}`;
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
