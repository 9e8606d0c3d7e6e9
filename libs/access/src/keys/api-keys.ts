import { Database } from '#libs/read-store';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { callerWith, type Caller } from '../caller.js';
import type { Role } from '../roles.js';
import { matchesHash, parseApiKey } from './api-key.js';

interface StoredKey {
  readonly role: Role;
  readonly hash: Buffer;
  /** Of the secret before the last rotation. */
  readonly previous_hash: Buffer | null;
  readonly previous_until: Date | null;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
}

interface KnownKey extends StoredKey {
  readonly caller: Caller;
  /** Its use was noted, or needn't be. */
  noted: boolean;
}

const CACHED_KEYS = 1_000;
/** A key that was revoked, rotated or made to expire by another process still works here for this long. */
const CACHE_MILLISECONDS = 30_000;
/** Coarse, so that a busy key costs one write a minute. */
const NOTE_USE_MILLISECONDS = 60_000;

const isPast = (date: Date | null | undefined): boolean => date instanceof Date && date.getTime() <= Date.now();

const accepts = (key: KnownKey, secret: string): boolean => {
  if (isPast(key.expires_at)) return false;
  if (matchesHash(secret, key.hash)) return true;
  return !!key.previous_hash && !isPast(key.previous_until) && matchesHash(secret, key.previous_hash);
};

/** Finds callers by the API keys in `vault.api_keys`, which holds hashes only. */
@Injectable()
export class ApiKeys {
  private readonly known = new LRUCache<string, KnownKey>({ max: CACHED_KEYS, ttl: CACHE_MILLISECONDS });

  constructor(private readonly database: Database) {}

  /** Who holds this key, where that's known without asking PostgreSQL. */
  rememberedCallerOf(text: string): Caller | undefined {
    const parts = parseApiKey(text);
    const known = parts && this.known.get(parts.id);
    return known && accepts(known, parts.secret) ? known.caller : undefined;
  }

  /** Who holds this key; undefined for a key that's malformed, unknown, wrong, expired or revoked. */
  async callerOf(text: string): Promise<Caller | undefined> {
    const parts = parseApiKey(text);
    if (!parts) return undefined;
    const known = this.known.get(parts.id) ?? (await this.fetch(parts.id));
    if (!known || !accepts(known, parts.secret)) return undefined;
    if (!known.noted) {
      known.noted = true;
      // Nobody waits for it, and a request isn't refused because it fails.
      this.noteUse(parts.id).catch(() => undefined);
    }
    return known.caller;
  }

  private async fetch(id: string): Promise<KnownKey | undefined> {
    const [row] = await this.database.query<StoredKey & { id: string }>(
      `SELECT role, hash, previous_hash, previous_until, expires_at, last_used_at
       FROM vault.api_keys WHERE id = $1 AND revoked_at IS NULL`,
      [id],
    );
    if (!row) return undefined;
    const noted = row.last_used_at instanceof Date && row.last_used_at.getTime() > Date.now() - NOTE_USE_MILLISECONDS;
    const known = { ...row, caller: callerWith(id, [row.role]), noted };
    // Unknown ids aren't remembered: made-up ones would push the real ones out.
    this.known.set(id, known);
    return known;
  }

  private async noteUse(id: string): Promise<void> {
    await this.database.query('UPDATE vault.api_keys SET last_used_at = now() WHERE id = $1', [id]);
  }
}
