import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { roles } from '../roles.js';
import { formatApiKey, newApiKey, parseApiKey } from './api-key.js';
import { ApiKeys } from './api-keys.js';
import { ensureFirstKeys } from './first-keys.js';
import { KeyRing } from './key-ring.js';

const SERVERS_MILLISECONDS = 30_000;
const DAY_SECONDS = 86_400;

let scratch: ScratchDatabase;
let ring: KeyRing;
beforeAll(async () => {
  scratch = await scratchDatabase();
  ring = new KeyRing(scratch.database);
}, SERVERS_MILLISECONDS);
afterAll(() => scratch.drop(), SERVERS_MILLISECONDS);

/** Who a process that has never seen the key takes it for. */
const freshly = (key: string) => new ApiKeys(scratch.database).callerOf(key);

describe('the API keys', () => {
  it('know who holds one, and look it up once', async () => {
    const keys = new ApiKeys(scratch.database);
    const { id, key } = await ring.create({ role: 'service', name: 'importer' });
    const caller = { keyId: id, roles: ['service'], actor: { kind: 'service', id } };
    expect(keys.rememberedCallerOf(key)).toBeUndefined();
    expect(await keys.callerOf(key)).toEqual(caller);
    expect(keys.rememberedCallerOf(key)).toEqual(caller);
  });

  it('store no secret', async () => {
    const { id, key } = await ring.create({ role: 'analyst', name: 'desk' });
    const rows = await scratch.database.query('SELECT * FROM vault.api_keys WHERE id = $1', [id]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(parseApiKey(key)?.secret);
  });

  it('refuse a wrong secret for a known id, and an unknown id', async () => {
    const { id, key } = await ring.create({ role: 'admin', name: 'a' });
    const keys = new ApiKeys(scratch.database);
    expect(await keys.callerOf(key)).toBeDefined();
    const wrong = formatApiKey({ ...newApiKey(), id });
    expect(await keys.callerOf(wrong)).toBeUndefined();
    expect(keys.rememberedCallerOf(wrong)).toBeUndefined();
    expect(await keys.callerOf(formatApiKey(newApiKey()))).toBeUndefined();
  });

  it('refuse a key that was revoked, which can be done once', async () => {
    const { id, key } = await ring.create({ role: 'admin', name: 'a' });
    expect(await ring.revoke(id)).toBe(true);
    expect(await freshly(key)).toBeUndefined();
    expect(await ring.revoke(id)).toBe(false);
    expect(await ring.rotate(id, 0)).toBeUndefined();
  });

  it('refuse a key that has expired, also one that they remember', async () => {
    const soon = new Date(Date.now() + 4_000);
    const { id, key } = await ring.create({ role: 'auditor', name: 'for a while', expiresAt: soon });
    const keys = new ApiKeys(scratch.database);
    expect(await keys.callerOf(key)).toMatchObject({ keyId: id });
    await until('it has expired', () => keys.rememberedCallerOf(key) === undefined);
    expect(await keys.callerOf(key)).toBeUndefined();
    expect(await ring.rotate(id, 0)).toBeUndefined();
  });

  it('take the old secret and the new one while a rotation overlaps, and never the one before', async () => {
    const { id, key: first } = await ring.create({ role: 'service', name: 'crm' });
    const second = (await ring.rotate(id, DAY_SECONDS))?.key ?? '';
    expect(await freshly(first)).toMatchObject({ keyId: id, roles: ['service'] });
    expect(await freshly(second)).toEqual(await freshly(first));
    const third = (await ring.rotate(id, DAY_SECONDS))?.key ?? '';
    expect(await freshly(first)).toBeUndefined();
    expect(await freshly(second)).toMatchObject({ keyId: id });
    expect(await freshly(third)).toMatchObject({ keyId: id });
  });

  it('take only the new secret of a rotation without overlap', async () => {
    const { id, key: old } = await ring.create({ role: 'service', name: 'leaked' });
    const fresh = (await ring.rotate(id, 0))?.key ?? '';
    expect(await freshly(old)).toBeUndefined();
    expect(await freshly(fresh)).toMatchObject({ keyId: id });
  });

  it('are listed with what became of them and when they were last used, and nothing of the secret', async () => {
    const { id, key } = await ring.create({ role: 'analyst', name: 'report' });
    const rotated = await ring.rotate(id, DAY_SECONDS);
    const listed = async () => (await ring.list()).find((listing) => listing.id === id);
    expect(await listed()).toMatchObject({ role: 'analyst', name: 'report', lastUsedAt: null, revokedAt: null });
    await freshly(key);
    await until('its use is noted', async () => (await listed())?.lastUsedAt instanceof Date);
    const text = JSON.stringify(await listed());
    for (const shown of [key, rotated?.key ?? key]) expect(text).not.toContain(parseApiKey(shown)?.secret);
    expect((await listed())?.previousUntil?.getTime()).toBeGreaterThan(Date.now());
  });

  it('leave a note of every change, with who made it', async () => {
    const { id } = await ring.create({ role: 'analyst', name: 'noted' });
    await ring.rotate(id, 0);
    await ring.revoke(id);
    const notes = await scratch.database.query(
      'SELECT change, changed_by = session_user AS "byLogin" FROM vault.api_key_changes WHERE key_id = $1 ORDER BY number',
      [id],
    );
    expect(notes).toEqual(['created', 'rotated', 'revoked'].map((change) => ({ change, byLogin: true })));
  });
});

describe('the first API keys', () => {
  let folder: string;
  let empty: ScratchDatabase;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keys-'));
    empty = await scratchDatabase();
  }, SERVERS_MILLISECONDS);
  afterEach(async () => {
    await empty.drop();
    await rm(folder, { recursive: true });
  }, SERVERS_MILLISECONDS);

  it('are one for each role, valid, and in a file that only its owner may read', async () => {
    const secrets = join(folder, 'secrets');
    const first = await ensureFirstKeys(empty.database, secrets);
    const file = join(secrets, 'api-keys.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(first);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    for (const role of roles) {
      expect(await new ApiKeys(empty.database).callerOf(first?.[role] ?? '')).toMatchObject({ roles: [role] });
    }
  });

  it('are made once, also after all were revoked and when two start at once', async () => {
    const made = await Promise.all([ensureFirstKeys(empty.database, folder), ensureFirstKeys(empty.database, folder)]);
    expect(made.filter((keys) => keys !== undefined)).toHaveLength(1);
    const emptied = new KeyRing(empty.database);
    for (const { id } of await emptied.list()) await emptied.revoke(id);
    expect(await ensureFirstKeys(empty.database, folder)).toBeUndefined();
  });
});
