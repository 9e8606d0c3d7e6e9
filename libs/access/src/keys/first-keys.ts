import type { Database } from '#libs/read-store';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKey } from './key-ring.js';
import { roles, type Role } from '../roles.js';

/** One key for each role, in the clear. */
export type FirstKeys = Readonly<Record<Role, string>>;

export const FIRST_KEYS_FILE = 'api-keys.json';

/** Any number that's ours: keeps two first starts from making keys at once. */
const LOCK = 7_243_001;

const writePrivately = async (folder: string, content: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, FIRST_KEYS_FILE);
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  // `mode` counts only for a file that's new.
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
};

/**
 * Makes one key a role if there has never been any key, and writes them to `<secretsDir>/api-keys.json` (0600).
 * Undefined where keys existed: those can't be shown again.
 */
export const ensureFirstKeys = (database: Database, secretsDir: string): Promise<FirstKeys | undefined> =>
  database.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const existing = await tx.query('SELECT 1 FROM vault.api_keys LIMIT 1');
    if (existing.length > 0) return undefined;
    const keys: Partial<Record<Role, string>> = {};
    for (const role of roles) keys[role] = (await createKey(tx, { role, name: `first ${role} key` })).key;
    // Before the commit: keys in a file that never came to be valid do no harm, valid keys that nobody has do.
    await writePrivately(secretsDir, `${JSON.stringify(keys, undefined, 2)}\n`);
    return keys as FirstKeys;
  });
