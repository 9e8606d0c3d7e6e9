import { ensureFirstKeys } from '#libs/access';
import { assertSecretsBelong, loadSecrets } from '#libs/privacy';
import { Database, migrate } from '#libs/read-store';
import { finishMasterKeyRotation } from './master-key-files.js';

interface PrepareEnvironment {
  readonly databaseUrl: string;
  readonly secretsDir: string;
}

/** What the operator should be told, once. */
export interface Prepared {
  /** API keys by role, in the clear, where this start was the first one. */
  readonly firstKeys?: Readonly<Record<string, string>> | undefined;
}

/**
 * Before any app starts, and safe to run again at every start: brings the schemas up to date, makes sure that the secrets
 * are this database's (throws WrongSecretsError), and makes the first API keys.
 */
export const prepare = async ({ databaseUrl, secretsDir }: PrepareEnvironment): Promise<Prepared> => {
  await migrate(databaseUrl);
  const database = new Database(databaseUrl, { max: 2, applicationName: 'rapport-prepare' });
  try {
    await finishMasterKeyRotation(database, secretsDir);
    await assertSecretsBelong(database, await loadSecrets(secretsDir));
    return { firstKeys: await ensureFirstKeys(database, secretsDir) };
  } finally {
    await database.close();
  }
};
