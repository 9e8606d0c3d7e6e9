import { writePrivateFile } from '#libs/embedded';
import { fingerprintOf, knownMasterKey, MASTER_KEY_FILE, readKeyFile } from '#libs/privacy';
import type { Database } from '#libs/read-store';
import { randomBytes } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const NEXT = 'master.key.next';

export interface MasterKeys {
  readonly current: Buffer;
  /** Where the current one stays, for backups that were made with it. */
  readonly oldFile: string;
  readonly next: Buffer;
}

/** The next master key lies on the disk before anything is wrapped with it; one that an interrupted rotation left is used. */
export const drawNextMasterKey = async (secretsDir: string): Promise<MasterKeys> => {
  const current = await readKeyFile(secretsDir, MASTER_KEY_FILE);
  if (!existsSync(join(secretsDir, NEXT)))
    writePrivateFile(join(secretsDir, NEXT), `${randomBytes(32).toString('base64')}\n`);
  const oldFile = `${MASTER_KEY_FILE}.old-${fingerprintOf(MASTER_KEY_FILE, current).slice(0, 8)}`;
  writePrivateFile(join(secretsDir, oldFile), `${current.toString('base64')}\n`);
  return { current, oldFile, next: await readKeyFile(secretsDir, NEXT) };
};

/**
 * Puts the next master key in place where the database is wrapped with it: after a rotation, also after one whose
 * process ended between its commit and here.
 */
export const finishMasterKeyRotation = async (database: Database, secretsDir: string): Promise<void> => {
  if (!existsSync(join(secretsDir, NEXT))) return;
  const next = await readKeyFile(secretsDir, NEXT);
  if ((await knownMasterKey(database)) !== fingerprintOf(MASTER_KEY_FILE, next)) return;
  renameSync(join(secretsDir, NEXT), join(secretsDir, MASTER_KEY_FILE));
};
