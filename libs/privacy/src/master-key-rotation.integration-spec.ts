import { newId } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { scratchDatabase, type ScratchDatabase } from '../../../test/support/scratch-database.js';
import { KeyVault } from './key-vault.js';
import { AppsRunningError, rotateMasterKey } from './master-key-rotation.js';
import { assertSecretsBelong, WrongSecretsError } from './secret-fingerprints.js';

const SERVERS_MILLISECONDS = 30_000;
const secrets = { masterKey: randomBytes(32), indexKey: randomBytes(32) };
const next = randomBytes(32);

let scratch: ScratchDatabase;
let database: Database;
beforeEach(async () => {
  scratch = await scratchDatabase();
  database = scratch.database;
}, SERVERS_MILLISECONDS);
afterEach(() => scratch.drop(), SERVERS_MILLISECONDS);

const refs = Array.from({ length: 7 }, () => ({ subjectId: newId(), group: 'identity' as const }));
const openedWith = (masterKey: Buffer) => new KeyVault(database, { ...secrets, masterKey }).keysToOpen(refs);

describe('the secrets of a database', () => {
  it('are those that it was first used with', async () => {
    await assertSecretsBelong(database, secrets);
    await assertSecretsBelong(database, secrets);
    const others = { masterKey: randomBytes(32), indexKey: randomBytes(32) };
    await expect(assertSecretsBelong(database, others)).rejects.toThrow('master.key and index.key');
    await expect(assertSecretsBelong(database, { ...secrets, indexKey: others.indexKey })).rejects.toThrow(
      WrongSecretsError,
    );
    await assertSecretsBelong(database, secrets);
  });

  it('are known by its keys where nobody noted them', async () => {
    await new KeyVault(database, secrets).keyToSeal(refs[0] ?? { subjectId: newId(), group: 'identity' });
    await expect(assertSecretsBelong(database, { ...secrets, masterKey: next })).rejects.toThrow(WrongSecretsError);
    await assertSecretsBelong(database, secrets);
  });
});

describe('rotating the master key', () => {
  beforeEach(async () => {
    await assertSecretsBelong(database, secrets);
    const vault = new KeyVault(database, secrets);
    for (const ref of refs) await vault.keyToSeal(ref);
    await vault.destroy(refs[6]?.subjectId ?? '', ['identity']);
  });

  it('leaves every key as it is, tombstones too, and the old master key opens none', async () => {
    const before = await openedWith(secrets.masterKey);
    expect(await rotateMasterKey(database, secrets.masterKey, next)).toBe(6);
    expect(await openedWith(next)).toEqual(before);
    expect(before[6]).toBeNull();
    await expect(openedWith(secrets.masterKey)).rejects.toThrow(WrongSecretsError);
    await assertSecretsBelong(database, { ...secrets, masterKey: next });
    await expect(assertSecretsBelong(database, secrets)).rejects.toThrow(WrongSecretsError);
  });

  it('lets no program with the old master key make keys that nobody could read', async () => {
    const running = new KeyVault(database, secrets);
    await rotateMasterKey(database, secrets.masterKey, next);
    const ref = { subjectId: newId(), group: 'contact' as const };
    await expect(running.keyToSeal(ref)).rejects.toThrow(WrongSecretsError);
    const right = new KeyVault(database, { ...secrets, masterKey: next });
    expect(await right.keysToOpen([ref])).toEqual([null]);
    expect(await right.keyToSeal(ref)).toHaveLength(32);
  });

  it('changes nothing where it fails half way', async () => {
    const before = await openedWith(secrets.masterKey);
    const rotating = rotateMasterKey(database, secrets.masterKey, next, () => {
      throw new Error('stopped');
    });
    await expect(rotating).rejects.toThrow('stopped');
    expect(await openedWith(secrets.masterKey)).toEqual(before);
    await assertSecretsBelong(database, secrets);
  });

  it('refuses another database’s master key, and while an app is connected', async () => {
    await expect(rotateMasterKey(database, next, randomBytes(32))).rejects.toThrow(WrongSecretsError);
    const app = new Database(scratch.url, { max: 1, applicationName: 'command-api' });
    await app.query('SELECT 1');
    await expect(rotateMasterKey(database, secrets.masterKey, next)).rejects.toThrow(AppsRunningError);
    await app.close();
  });
});
