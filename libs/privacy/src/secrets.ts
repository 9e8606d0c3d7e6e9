import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The two keys that lie apart from the log and from PostgreSQL. */
export interface Secrets {
  /** Wraps the subject keys. 32 bytes. */
  readonly masterKey: Buffer;
  /** Makes keyed digests of addresses, of caller's keys and of fact keys. 32 bytes. */
  readonly indexKey: Buffer;
}

export const SECRETS = Symbol('Secrets');

/** A key of 32 bytes in base64. Throws an Error that names the file where it isn't that. */
export const readKeyFile = async (folder: string, name: string): Promise<Buffer> => {
  const path = join(folder, name);
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (key.length !== 32) throw new Error(`${path} must hold 32 bytes in base64; it holds ${key.length}.`);
  return key;
};

/** Reads `master.key` and `index.key`, each 32 bytes in base64. A missing file is an error: a new key would orphan all data. */
export const loadSecrets = async (folder: string): Promise<Secrets> => ({
  masterKey: await readKeyFile(folder, 'master.key'),
  indexKey: await readKeyFile(folder, 'index.key'),
});
