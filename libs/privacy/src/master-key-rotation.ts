import type { Database } from '#libs/read-store';
import { fingerprintOf, knownMasterKey, MASTER_KEY_FILE, WrongSecretsError } from './secret-fingerprints.js';
import { rewrapAll } from './subject-key-wrapping.js';

/** Thrown where programs that hold the old master key are at work: they would wrap new keys with it. */
export class AppsRunningError extends Error {
  constructor(readonly names: readonly string[]) {
    super(
      `The master key can't be rotated while ${names.join(', ')} is connected to the database. Stop it, then try again.`,
    );
    this.name = 'AppsRunningError';
  }
}

/** By the names under which they're connected; one that has been idle for long isn't, and is then kept from making keys. */
const HOLDERS = ['command-api', 'query-api', 'projector', 'automation', 'rapport-import'];

/**
 * Wraps all subject keys with another master key, in one transaction: afterwards the database knows the new one by its
 * fingerprint, and the old one opens nothing any more. Gives the number of keys. Throws AppsRunningError, and
 * WrongSecretsError where `from` isn't this database's.
 */
export const rotateMasterKey = (
  database: Database,
  from: Buffer,
  to: Buffer,
  onPage?: (done: number) => void,
): Promise<number> =>
  database.transaction(async (tx) => {
    const running = await tx.query<{ application_name: string }>(
      `SELECT DISTINCT application_name FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = ANY($1)`,
      [HOLDERS],
    );
    if (running.length > 0) throw new AppsRunningError(running.map((row) => row.application_name));
    // What starts meanwhile waits, and is then refused: its master key isn't the database's any more.
    await tx.query('LOCK TABLE vault.subject_keys, vault.secret_fingerprints IN EXCLUSIVE MODE');
    if ((await knownMasterKey(tx)) !== fingerprintOf(MASTER_KEY_FILE, from))
      throw new WrongSecretsError([MASTER_KEY_FILE]);
    const keys = await rewrapAll(tx, from, to, onPage);
    await tx.query('UPDATE vault.secret_fingerprints SET fingerprint = $2, noted_at = now() WHERE secret = $1', [
      MASTER_KEY_FILE,
      fingerprintOf(MASTER_KEY_FILE, to),
    ]);
    return keys;
  });
