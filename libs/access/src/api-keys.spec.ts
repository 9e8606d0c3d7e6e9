import type { Database, SqlExecutor } from '#libs/read-store';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatApiKey, hashSecret, matchesHash, newApiKey, parseApiKey } from './api-key.js';
import { ApiKeys } from './api-keys.js';
import { ensureFirstKeys } from './first-keys.js';
import { roles } from './roles.js';

interface Row {
  readonly id: string;
  readonly role: string;
  readonly hash: Buffer;
  revoked: boolean;
}

/** `vault.api_keys` in memory; counts the look-ups. */
class FakeDatabase {
  readonly rows: Row[] = [];
  lookUps = 0;

  query(sql: string, params: readonly unknown[] = []): Promise<unknown[]> {
    const [id, role, , hash] = params as [string, string, string, Buffer];
    const row = this.rows.find((known) => known.id === id);
    if (sql.startsWith('INSERT')) this.rows.push({ id, role, hash, revoked: false });
    if (sql.startsWith('SELECT 1 FROM')) return Promise.resolve(this.rows.slice(0, 1));
    if (sql.startsWith('UPDATE')) {
      if (!row || row.revoked) return Promise.resolve([]);
      row.revoked = true;
      return Promise.resolve([{ id }]);
    }
    if (!sql.startsWith('SELECT role')) return Promise.resolve([]);
    this.lookUps += 1;
    return Promise.resolve(row && !row.revoked ? [row] : []);
  }

  transaction<T>(work: (tx: SqlExecutor) => Promise<T>): Promise<T> {
    return work(this as unknown as SqlExecutor);
  }
}

const setUp = () => {
  const database = new FakeDatabase();
  return { database, keys: new ApiKeys(database as unknown as Database) };
};

describe('an API key', () => {
  it('has its parts back from its text', () => {
    const key = newApiKey();
    expect(parseApiKey(formatApiKey(key))).toEqual(key);
    expect(Buffer.from(key.secret, 'base64url')).toHaveLength(32);
  });

  it.each(['', 'rk_', 'Bearer x', 'rk_0123456789abcdef_short', `RK_0123456789abcdef_${'a'.repeat(43)}`])(
    'is not "%s"',
    (text) => {
      expect(parseApiKey(text)).toBeUndefined();
    },
  );

  it('matches only the hash of its own secret', () => {
    const { secret } = newApiKey();
    expect(matchesHash(secret, hashSecret(secret))).toBe(true);
    expect(matchesHash(secret, hashSecret(`${secret}x`))).toBe(false);
    expect(matchesHash(secret, Buffer.alloc(0))).toBe(false);
  });
});

describe('the API keys', () => {
  it('know who holds one, and look it up once', async () => {
    const { database, keys } = setUp();
    const { id, key } = await keys.create('service', 'importer');
    const caller = { keyId: id, role: 'service', actor: { kind: 'service', id } };
    expect(await keys.callerOf(key)).toEqual(caller);
    expect(await keys.callerOf(key)).toEqual(caller);
    expect(database.lookUps).toBe(1);
  });

  it('store no key, only its hash', async () => {
    const { database, keys } = setUp();
    const { key } = await keys.create('analyst', 'desk');
    const secret = parseApiKey(key)?.secret ?? '';
    expect(JSON.stringify(database.rows)).not.toContain(secret);
    expect(database.rows[0]?.hash).toEqual(hashSecret(secret));
  });

  it('refuse a wrong secret for a known id, an unknown id and a revoked key', async () => {
    const { keys } = setUp();
    const { id, key } = await keys.create('admin', 'ops');
    expect(await keys.callerOf(key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A'))).toBeUndefined();
    expect(await keys.callerOf(formatApiKey(newApiKey()))).toBeUndefined();
    expect(await keys.revoke(id)).toBe(true);
    expect(await keys.callerOf(key)).toBeUndefined();
    expect(await keys.revoke(id)).toBe(false);
  });
});

describe('the first keys', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'first-keys-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are one a role, each valid, in a file that only its owner reads', async () => {
    const { database, keys } = setUp();
    const secrets = join(folder, 'secrets');
    const first = await ensureFirstKeys(database as unknown as Database, secrets);
    for (const role of roles) expect(await keys.callerOf(first?.[role] ?? '')).toMatchObject({ role });
    const file = join(secrets, 'api-keys.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(first);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('are made only where there has never been a key', async () => {
    const { database, keys } = setUp();
    const { id } = await keys.create('admin', 'ops');
    await keys.revoke(id);
    expect(await ensureFirstKeys(database as unknown as Database, folder)).toBeUndefined();
    expect(database.rows).toHaveLength(1);
  });
});
