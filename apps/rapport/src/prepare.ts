import { ensureFirstKeys } from '#libs/access';
import { Database, migrate } from '#libs/read-store';

/** What the servers' readiness leaves to do before the apps start. */
export interface PrepareEnvironment {
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  readonly secretsDir: string;
}

/** What the operator should be told, once. */
export interface Prepared {
  /** API keys by role, in the clear, where this start was the first one. */
  readonly firstKeys?: Readonly<Record<string, string>> | undefined;
}

/** Brings the schemas up to date and makes the first API keys, before any app starts. Safe to run again at every start. */
export const prepare = async ({ databaseUrl, secretsDir }: PrepareEnvironment): Promise<Prepared> => {
  await migrate(databaseUrl);
  const database = new Database(databaseUrl, { max: 2, applicationName: 'rapport-prepare' });
  try {
    return { firstKeys: await ensureFirstKeys(database, secretsDir) };
  } finally {
    await database.close();
  }
};
