import { Database } from '#libs/read-store';
import type { SqlExecutor } from '#libs/read-store';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { formatApiKey, hashSecret, matchesHash, newApiKey, parseApiKey } from './api-key.js';
import type { Caller } from './caller.js';
import type { Role } from './roles.js';

interface KnownKey {
  readonly role: Role;
  readonly hash: Buffer;
}

const CACHED_KEYS = 1_000;
/** A key that was revoked by another process still works here for this long. */
const CACHE_MILLISECONDS = 30_000;

/** The API keys in `vault.api_keys`, which holds hashes only: a key can be seen once, when it's made. */
@Injectable()
export class ApiKeys {
  private readonly known = new LRUCache<string, KnownKey>({ max: CACHED_KEYS, ttl: CACHE_MILLISECONDS });

  constructor(private readonly database: Database) {}

  /** @param name what the operator calls the caller; not a person's name */
  async create(role: Role, name: string, executor: SqlExecutor = this.database): Promise<{ id: string; key: string }> {
    const key = newApiKey();
    await executor.query('INSERT INTO vault.api_keys (id, role, name, hash) VALUES ($1, $2, $3, $4)', [
      key.id,
      role,
      name,
      hashSecret(key.secret),
    ]);
    return { id: key.id, key: formatApiKey(key) };
  }

  /** Other processes follow within half a minute. False if there's no such key or it was revoked before. */
  async revoke(id: string): Promise<boolean> {
    const rows = await this.database.query(
      'UPDATE vault.api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING id',
      [id],
    );
    this.known.delete(id);
    return rows.length > 0;
  }

  /** Who holds this key; undefined for a key that's malformed, unknown, wrong or revoked. */
  async callerOf(text: string): Promise<Caller | undefined> {
    const parts = parseApiKey(text);
    if (!parts) return undefined;
    const known = this.known.get(parts.id) ?? (await this.fetch(parts.id));
    if (!known || !matchesHash(parts.secret, known.hash)) return undefined;
    const kind = known.role === 'service' ? 'service' : 'user';
    return { keyId: parts.id, role: known.role, actor: { kind, id: parts.id } };
  }

  private async fetch(id: string): Promise<KnownKey | undefined> {
    const [row] = await this.database.query<{ role: Role; hash: Buffer }>(
      'SELECT role, hash FROM vault.api_keys WHERE id = $1 AND revoked_at IS NULL',
      [id],
    );
    // Unknown ids aren't remembered: made-up ones would push the real ones out.
    if (row) this.known.set(id, row);
    return row;
  }
}
