import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder, writePrivateFile } from './private-file.js';

/** What lies in the secrets folder (0700), each in a file of its own (0600). */
export interface InstanceSecrets {
  /** `master.key`: wraps the keys of the people in the data. 32 bytes. */
  readonly masterKey: Buffer;
  /** `index.key`: makes the keyed digests that people are found by. 32 bytes. */
  readonly indexKey: Buffer;
  /** `postgres.password`: of the embedded PostgreSQL's superuser. */
  readonly postgresPassword: string;
}

/** Where the password of the embedded PostgreSQL lies. */
export const passwordFile = (secretsDir: string): string => join(secretsDir, 'postgres.password');

const newKey = (): string => randomBytes(32).toString('base64');
const makers = {
  'master.key': newKey,
  'index.key': newKey,
  'postgres.password': () => randomBytes(24).toString('base64url'),
} as const;

const readKey = (path: string): Buffer => {
  const key = Buffer.from(readFileSync(path, 'utf8'), 'base64');
  if (key.length !== 32) throw new Error(`${path} must hold 32 bytes in base64; it holds ${key.length}.`);
  return key;
};

/**
 * Reads the secrets, and makes those that are missing.
 * @param options.mayCreate false where data exists already: a new key would make it unreadable for ever. Then a
 * missing file throws an Error that names it.
 */
export const loadOrCreateSecrets = (
  secretsDir: string,
  { mayCreate = true }: { mayCreate?: boolean } = {},
): InstanceSecrets => {
  makePrivateFolder(secretsDir);
  for (const [name, make] of Object.entries(makers)) {
    const path = join(secretsDir, name);
    if (existsSync(path)) continue;
    if (!mayCreate)
      throw new Error(
        `${path} is missing, but there is data that was made with it. Put the file back from its backup.`,
      );
    writePrivateFile(path, `${make()}\n`);
  }
  return {
    masterKey: readKey(join(secretsDir, 'master.key')),
    indexKey: readKey(join(secretsDir, 'index.key')),
    postgresPassword: readFileSync(passwordFile(secretsDir), 'utf8').trim(),
  };
};
