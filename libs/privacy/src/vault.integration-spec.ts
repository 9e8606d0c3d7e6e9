import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#libs/kernel';
import { Database, migrate } from '#libs/read-store';
import { randomBytes } from 'node:crypto';
import { ContactIndex } from './contact-index.js';
import { Digests } from './digests.js';
import { KeyVault, SubjectErasedError, UnusableKeyError } from './key-vault.js';
import { assertSecretsBelong, WrongSecretsError } from './secret-fingerprints.js';
import { scratchDatabase } from '../../../test/support/scratch-database.js';

const PATIENCE = 60_000;
const secrets = { masterKey: randomBytes(32), indexKey: randomBytes(32) };

describe('The vault', () => {
  let database: Database;

  beforeAll(async () => {
    const server = process.env['DATABASE_URL'] ?? '';
    const url = new URL(server);
    url.pathname = `/vault_${newId().slice(0, 8)}`;
    const admin = new Database(server, { max: 1 });
    await admin.query(`CREATE DATABASE ${url.pathname.slice(1)}`);
    await admin.close();
    await migrate(url.href);
    database = new Database(url.href);
  }, PATIENCE);

  afterAll(async () => {
    await database?.close();
  }, PATIENCE);

  describe('of keys', () => {
    it('makes one key a person and group, however many processes ask at once', async () => {
      const ref = { subjectId: newId(), group: 'identity' as const };
      const vaults = Array.from({ length: 4 }, () => new KeyVault(database, secrets));
      const keys = await Promise.all([...vaults, ...vaults].map((vault) => vault.keyToSeal(ref)));
      expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
      const [other] = await new KeyVault(database, secrets).keysToOpen([{ ...ref, group: 'contact' }]);
      expect(other).toBeNull();
    });

    it('stores keys wrapped: the bytes of a key are not in its row', async () => {
      const ref = { subjectId: newId(), group: 'contact' as const };
      const key = await new KeyVault(database, secrets).keyToSeal(ref);
      const [row] = await database.query<{ wrapped: Buffer }>(
        'SELECT wrapped FROM vault.subject_keys WHERE subject_id = $1',
        [ref.subjectId],
      );
      expect(row?.wrapped.includes(key)).toBe(false);
      await expect(
        new KeyVault(database, { ...secrets, masterKey: randomBytes(32) }).keysToOpen([ref]),
      ).rejects.toThrow(WrongSecretsError);
    });

    it('opens everybody else’s data where one key was changed, or what is asked for is no key', async () => {
      const secretsOfItsOwn = await scratchDatabase();
      try {
        const vault = () => new KeyVault(secretsOfItsOwn.database, secrets);
        await assertSecretsBelong(secretsOfItsOwn.database, secrets);
        const refs = Array.from({ length: 2 }, () => ({ subjectId: newId(), group: 'contact' as const }));
        const [sound, changed] = refs;
        const key = await vault().keyToSeal(sound);
        await vault().keyToSeal(changed);
        await secretsOfItsOwn.database.query(
          `UPDATE vault.subject_keys SET wrapped = set_byte(wrapped, 40, get_byte(wrapped, 40) # 1) WHERE subject_id = $1`,
          [changed.subjectId],
        );
        const asked = [
          { ...sound, subjectId: 'ada@example.org' },
          changed,
          { ...sound, group: 'shoe\0size' as 'contact' },
          sound,
        ];
        const found = await vault().keysOrFaults(asked);
        expect(found.slice(0, 3).every((one) => one instanceof UnusableKeyError)).toBe(true);
        expect(found[3]).toEqual(key);
        await expect(vault().keysToOpen([changed])).rejects.toThrow(UnusableKeyError);
        // Asked for together, as commands about two people are.
        const sealing = vault();
        const [own, others] = await Promise.allSettled([sealing.keyToSeal(changed), sealing.keyToSeal(sound)]);
        expect(own).toMatchObject({ status: 'rejected', reason: expect.any(UnusableKeyError) });
        expect(others).toEqual({ status: 'fulfilled', value: key });
      } finally {
        await secretsOfItsOwn.drop();
      }
    });

    it('opens with a key that it has known for half a minute, also while it fetches another', async () => {
      const vault = new KeyVault(database, secrets);
      const refs = (['identity', 'contact'] as const).map((group) => ({ subjectId: newId(), group }));
      const keys = await Promise.all(refs.map((ref) => new KeyVault(database, secrets).keyToSeal(ref)));
      await vault.keysToOpen(refs.slice(0, 1));
      const opening = vault.keysToOpen(refs);
      const later = performance.now() + 60_000;
      const clock = jest.spyOn(performance, 'now').mockImplementation(() => later);
      try {
        expect(await opening).toEqual(keys);
      } finally {
        clock.mockRestore();
      }
    });

    it('destroys a key for good: nothing opens, and no other is ever made', async () => {
      const ref = { subjectId: newId(), group: 'narrative' as const };
      const vault = new KeyVault(database, secrets);
      await vault.keyToSeal(ref);
      await vault.destroy(ref.subjectId, ['narrative', 'technical']);
      expect(await vault.keysToOpen([ref])).toEqual([null]);
      await expect(vault.keyToSeal(ref)).rejects.toThrow(SubjectErasedError);
      await expect(new KeyVault(database, secrets).keyToSeal({ ...ref, group: 'technical' })).rejects.toThrow(
        SubjectErasedError,
      );
    });
  });

  describe('of contacts', () => {
    it('finds who has an address, also where several do, and holds no address', async () => {
      const index = new ContactIndex(database, new Digests(secrets));
      const [ada, bob] = [newId(), newId()];
      await index.add(ada, [
        { kind: 'email', value: 'family@example.org' },
        { kind: 'phone', value: '+15125550177' },
      ]);
      await index.add(bob, [{ kind: 'email', value: 'family@example.org' }]);
      await index.add(bob, [{ kind: 'email', value: 'family@example.org' }]);
      expect(await index.find('phone', '+15125550177')).toEqual([ada]);
      expect([...(await index.find('email', 'family@example.org'))].sort()).toEqual([ada, bob].sort());
      expect(
        await index.findMany([
          { kind: 'email', value: '+15125550177' },
          { kind: 'phone', value: '+15125550177' },
        ]),
      ).toEqual([[], [ada]]);
      const rows = await database.query('SELECT * FROM vault.contact_index');
      expect(JSON.stringify(rows)).not.toMatch(/family|5550177/);
    });

    it('leads to somebody who was erased until another has the address, and then never again', async () => {
      const index = new ContactIndex(database, new Digests(secrets));
      const [erased, newcomer] = [newId(), newId()];
      const email = { kind: 'email', value: 'again@example.org' };
      const phone = { kind: 'phone', value: '+15125550178' };
      const message = { kind: 'message', value: 'message-1' };
      await index.add(erased, [email, phone, message]);
      await new KeyVault(database, secrets).destroy(erased, ['contact']);
      expect(await index.find(email.kind, email.value)).toEqual([erased]);

      const claims = Array.from({ length: 4 }, () => new ContactIndex(database, new Digests(secrets)));
      await Promise.all(claims.map((claiming) => claiming.add(newcomer, [email, message])));
      await index.add(erased, [email]);
      const rows = await database.query<{ kind: string; candidate_id: string }>(
        `SELECT kind, candidate_id FROM vault.contact_index WHERE candidate_id = ANY ($1) ORDER BY kind, candidate_id = $2`,
        [[erased, newcomer], newcomer],
      );
      expect(rows.map(({ kind, candidate_id }) => [kind, candidate_id])).toEqual([
        ['email', newcomer],
        ['message', erased],
        ['message', newcomer],
        // Nobody has it: an import that still does brings nobody back.
        ['phone', erased],
      ]);
    });

    it('leaves an address to all who share it and weren’t erased', async () => {
      const index = new ContactIndex(database, new Digests(secrets));
      const [ada, bob] = [newId(), newId()];
      const contact = { kind: 'email', value: 'office@example.org' };
      await new KeyVault(database, secrets).keyToSeal({ subjectId: ada, group: 'contact' });
      await new KeyVault(database, secrets).destroy(ada, ['narrative']);
      await index.add(ada, [contact]);
      await index.add(bob, [contact]);
      expect([...(await index.find(contact.kind, contact.value))].sort()).toEqual([ada, bob].sort());
    });
  });
});
