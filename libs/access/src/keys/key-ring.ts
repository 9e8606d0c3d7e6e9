import { Database, type SqlExecutor } from '#libs/read-store';
import type { Role } from '../roles.js';
import { formatApiKey, hashSecret, newApiKey, newSecret } from './api-key.js';

/** A key as its operator may see it. */
export interface KeyListing {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly rotatedAt: Date | null;
  /** Until when the secret from before the last rotation works too. */
  readonly previousUntil: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A key in the clear: to be shown once, and kept nowhere. */
export interface ShownKey {
  readonly id: string;
  readonly key: string;
}

export interface NewKey {
  readonly role: Role;
  /** What the operator calls the caller; not a person's name. */
  readonly name: string;
  /** Never, unless given. */
  readonly expiresAt?: Date | undefined;
}

type Change = 'created' | 'rotated' | 'revoked';

/** Who changed it is the login that PostgreSQL checked. */
const note = (tx: SqlExecutor, id: string, change: Change): Promise<unknown> =>
  tx.query('INSERT INTO vault.api_key_changes (key_id, change) VALUES ($1, $2)', [id, change]);

/** For a transaction that does more than this. */
export const createKey = async (tx: SqlExecutor, { role, name, expiresAt }: NewKey): Promise<ShownKey> => {
  const made = newApiKey();
  await tx.query('INSERT INTO vault.api_keys (id, role, name, hash, expires_at) VALUES ($1, $2, $3, $4, $5)', [
    made.id,
    role,
    name,
    hashSecret(made.secret),
    expiresAt ?? null,
  ]);
  await note(tx, made.id, 'created');
  return { id: made.id, key: formatApiKey(made) };
};

/** Makes, rotates and revokes API keys; each change is noted in `vault.api_key_changes`. Apps follow within 30 seconds. */
export class KeyRing {
  constructor(private readonly database: Database) {}

  create(key: NewKey): Promise<ShownKey> {
    return this.database.transaction((tx) => createKey(tx, key));
  }

  /** Those that were revoked too: the newest first. */
  list(): Promise<KeyListing[]> {
    return this.database.query<KeyListing & Record<string, unknown>>(
      `SELECT id, role, name, created_at AS "createdAt", expires_at AS "expiresAt", rotated_at AS "rotatedAt",
              CASE WHEN previous_until > now() THEN previous_until END AS "previousUntil",
              date_trunc('minute', last_used_at) AS "lastUsedAt", revoked_at AS "revokedAt"
       FROM vault.api_keys ORDER BY created_at DESC, id`,
    );
  }

  /**
   * Gives a key a new secret; its id, and so what it did and its idempotency keys, stay. The old secret works for
   * `overlapSeconds` more; the one before that stops. Undefined if there's no such key or it was revoked or has expired.
   */
  rotate(id: string, overlapSeconds: number): Promise<ShownKey | undefined> {
    const secret = newSecret();
    return this.database.transaction(async (tx) => {
      const rows = await tx.query(
        `UPDATE vault.api_keys
         SET previous_hash = hash, previous_until = now() + make_interval(secs => $2), hash = $3, rotated_at = now()
         WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) RETURNING id`,
        [id, overlapSeconds, hashSecret(secret)],
      );
      if (rows.length === 0) return undefined;
      await note(tx, id, 'rotated');
      return { id, key: formatApiKey({ id, secret }) };
    });
  }

  /** False if there's no such key or it was revoked before. */
  revoke(id: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const rows = await tx.query(
        'UPDATE vault.api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING id',
        [id],
      );
      if (rows.length > 0) await note(tx, id, 'revoked');
      return rows.length > 0;
    });
  }
}
