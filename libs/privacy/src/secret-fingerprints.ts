import { Database, type SqlExecutor } from '#libs/read-store';
import { createHmac } from 'node:crypto';
import type { Secrets } from './secrets.js';
import { opensWith } from './subject-key-wrapping.js';

/** Thrown where secrets aren't those that a database's data was made with. */
export class WrongSecretsError extends Error {
  constructor(readonly files: readonly string[]) {
    super(
      `${files.join(' and ')} in the secrets folder ${files.length === 1 ? 'is not the one' : 'are not the ones'} that this database was made with. ` +
        'Set RAPPORT_SECRETS_DIR to the folder that belongs to it, or restore the files from their backup.',
    );
    this.name = 'WrongSecretsError';
  }
}

export const MASTER_KEY_FILE = 'master.key';
const INDEX_KEY_FILE = 'index.key';

/** Tells one key from another, and nothing about either. */
export const fingerprintOf = (file: string, key: Buffer): string =>
  createHmac('sha256', key).update(`rapport/fingerprint/${file}`).digest('hex').slice(0, 32);

/** The fingerprint that a database knows its master key by, if it knows one. */
export const knownMasterKey = async (executor: SqlExecutor): Promise<string | undefined> => {
  const [row] = await executor.query<{ fingerprint: string }>(
    'SELECT fingerprint FROM vault.secret_fingerprints WHERE secret = $1',
    [MASTER_KEY_FILE],
  );
  return row?.fingerprint;
};

/**
 * Notes which secrets a database is used with, the first time; from then on throws WrongSecretsError where they're
 * others: with those, people could be neither read nor found, and what's written would be lost to the right ones.
 */
export const assertSecretsBelong = (database: Database, secrets: Secrets): Promise<void> =>
  database.transaction(async (tx) => {
    const files = [MASTER_KEY_FILE, INDEX_KEY_FILE];
    const fingerprints = [
      fingerprintOf(MASTER_KEY_FILE, secrets.masterKey),
      fingerprintOf(INDEX_KEY_FILE, secrets.indexKey),
    ];
    // A database from before fingerprints were noted has keys that say whether the master key is theirs.
    if ((await knownMasterKey(tx)) === undefined && !(await opensWith(tx, secrets.masterKey)))
      throw new WrongSecretsError([MASTER_KEY_FILE]);
    await tx.query(
      `INSERT INTO vault.secret_fingerprints (secret, fingerprint)
       SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING`,
      [files, fingerprints],
    );
    const rows = await tx.query<{ secret: string; fingerprint: string }>(
      'SELECT secret, fingerprint FROM vault.secret_fingerprints',
    );
    const wrong = files.filter(
      (file, index) => rows.find(({ secret }) => secret === file)?.fingerprint !== fingerprints[index],
    );
    if (wrong.length > 0) throw new WrongSecretsError(wrong);
  });
