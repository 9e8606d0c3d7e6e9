import { Coalescer, isUuid, privacyGroups, type PrivacyGroup } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { randomBytes } from 'node:crypto';
import { BrokenBoxError } from './sealed-box.js';
import { fingerprintOf, knownMasterKey, MASTER_KEY_FILE, WrongSecretsError } from './secret-fingerprints.js';
import { SECRETS, type Secrets } from './secrets.js';
import { nameOf, unwrapKey, wrapKey, type KeyRef } from './subject-key-wrapping.js';

export type { KeyRef } from './subject-key-wrapping.js';

/** The key, or null where it was destroyed or never existed: what it sealed reads as erased. */
export type SubjectKey = Buffer | null;

/** Thrown when something personal is to be written about a person whose keys were destroyed. */
export class SubjectErasedError extends Error {
  constructor() {
    super('The data of this candidate was erased; nothing personal can be recorded about them any more.');
    this.name = 'SubjectErasedError';
  }
}

/** Of one person's key alone: what it sealed can't be opened, and that of others can. */
export class UnusableKeyError extends Error {
  constructor(what: string, cause?: unknown) {
    super(`A subject key can't be used: ${what}.`, { cause });
    this.name = 'UnusableKeyError';
  }
}

/** What stands in the log, whoever wrote it, is asked for as it stands there. */
const faultOf = ({ subjectId, group }: KeyRef): UnusableKeyError | undefined => {
  if (!isUuid(subjectId)) return new UnusableKeyError('its subject is no id');
  if (!privacyGroups.includes(group)) return new UnusableKeyError('there is no such group of fields');
  return undefined;
};

const CACHED_KEYS = 100_000;
/** Another process may destroy a key; this is how long it can still be used here. */
const CACHE_MILLISECONDS = 30_000;

/**
 * The subject keys: random, one for each person and group, wrapped by the master key, in `vault.subject_keys`.
 * A destroyed key leaves a tombstone, so that its subject never gets another.
 */
@Injectable()
export class KeyVault {
  private readonly cache = new LRUCache<string, Buffer>({ max: CACHED_KEYS, ttl: CACHE_MILLISECONDS });
  private readonly creations = new Coalescer<KeyRef, SubjectKey | UnusableKeyError>((refs) => this.createAll(refs));

  constructor(
    private readonly database: Database,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  /**
   * The key to seal with; made, and committed, if there's none. Throws SubjectErasedError where it was destroyed, and
   * UnusableKeyError where it was changed.
   */
  async keyToSeal(ref: KeyRef): Promise<Buffer> {
    const key = this.cache.get(nameOf(ref)) ?? sound(await this.creations.call(ref));
    if (key === null) throw new SubjectErasedError();
    return key;
  }

  /** As `keysOrFaults`; throws UnusableKeyError where one of them is a fault. */
  async keysToOpen(refs: readonly KeyRef[]): Promise<readonly SubjectKey[]> {
    return (await this.keysOrFaults(refs)).map(sound);
  }

  /**
   * The keys to open with, in the order asked for, or what's wrong with one; one statement for all that aren't known yet.
   * Throws WrongSecretsError where it's the master key that opens none: then nothing is wrong with any of them.
   */
  async keysOrFaults(refs: readonly KeyRef[]): Promise<readonly (SubjectKey | UnusableKeyError)[]> {
    // Held from here on: what's in the cache now may be gone from it once the others have been fetched.
    const known = refs.map((ref) => faultOf(ref) ?? this.cache.get(nameOf(ref)));
    const missing = refs.filter((_, i) => known[i] === undefined);
    const fetched = missing.length === 0 ? new Map<string, SubjectKey | UnusableKeyError>() : await this.fetch(missing);
    return refs.map((ref, i) => known[i] ?? fetched.get(nameOf(ref)) ?? null);
  }

  /** Destroys keys for good. What they sealed reads as erased from now on, here at once and in other processes within half a minute. */
  async destroy(subjectId: string, groups: readonly PrivacyGroup[]): Promise<void> {
    await this.database.query(
      `INSERT INTO vault.subject_keys (subject_id, key_group, wrapped, destroyed_at)
       SELECT $1, g, NULL, now() FROM unnest($2::text[]) g
       ON CONFLICT (subject_id, key_group) DO UPDATE SET wrapped = NULL, destroyed_at = coalesce(vault.subject_keys.destroyed_at, now())`,
      [subjectId, groups],
    );
    for (const group of groups) this.cache.delete(nameOf({ subjectId, group }));
  }

  private async createAll(refs: readonly KeyRef[]): Promise<readonly (SubjectKey | UnusableKeyError)[]> {
    const unique = [...new Map(refs.map((ref) => [nameOf(ref), ref])).values()];
    const known: Map<string, SubjectKey | UnusableKeyError> = await this.fetch(unique);
    const missing = unique.filter((ref) => !known.has(nameOf(ref)));
    if (missing.length > 0) {
      await this.database.query(
        `INSERT INTO vault.subject_keys (subject_id, key_group, wrapped)
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[])
         WHERE NOT EXISTS (SELECT FROM vault.secret_fingerprints WHERE secret = $4 AND fingerprint <> $5)
         -- In one order everywhere: two processes that make the same keys would wait for one another for ever.
         ORDER BY 1, 2
         ON CONFLICT DO NOTHING`,
        [
          missing.map((ref) => ref.subjectId),
          missing.map((ref) => ref.group),
          missing.map((ref) => wrapKey(this.secrets.masterKey, ref, randomBytes(32))),
          MASTER_KEY_FILE,
          fingerprintOf(MASTER_KEY_FILE, this.secrets.masterKey),
        ],
      );
      // Another process may have made the same key a moment earlier: the stored one counts.
      for (const [name, key] of await this.fetch(missing)) known.set(name, key);
      // None was stored where the master key was rotated while this process ran: nobody could ever read with it.
      if (missing.some((ref) => !known.has(nameOf(ref)))) throw new WrongSecretsError([MASTER_KEY_FILE]);
    }
    return refs.map((ref) => known.get(nameOf(ref)) ?? null);
  }

  private async fetch(refs: readonly KeyRef[]): Promise<Map<string, SubjectKey | UnusableKeyError>> {
    const rows = await this.database.query<{ subject_id: string; key_group: PrivacyGroup; wrapped: Buffer | null }>(
      `SELECT k.subject_id, k.key_group, k.wrapped
       FROM unnest($1::uuid[], $2::text[]) AS r (subject_id, key_group)
       JOIN vault.subject_keys k USING (subject_id, key_group)`,
      [refs.map((ref) => ref.subjectId), refs.map((ref) => ref.group)],
      { prepared: true },
    );
    const found = new Map<string, SubjectKey | UnusableKeyError>();
    for (const row of rows) {
      const ref = { subjectId: row.subject_id, group: row.key_group };
      const key = row.wrapped === null ? null : this.unwrapped(ref, row.wrapped);
      found.set(nameOf(ref), key);
      if (key instanceof Buffer) this.cache.set(nameOf(ref), key);
    }
    if ([...found.values()].some((key) => key instanceof UnusableKeyError)) await this.assertMasterKey();
    return found;
  }

  private unwrapped(ref: KeyRef, wrapped: Buffer): Buffer | UnusableKeyError {
    try {
      return unwrapKey(this.secrets.masterKey, ref, wrapped);
    } catch (error) {
      if (error instanceof BrokenBoxError) return new UnusableKeyError('it was changed', error);
      throw error;
    }
  }

  /** A key that doesn't open says nothing about its subject unless the master key is the one that wrapped it. */
  private async assertMasterKey(): Promise<void> {
    const known = await knownMasterKey(this.database);
    if (known !== fingerprintOf(MASTER_KEY_FILE, this.secrets.masterKey))
      throw new WrongSecretsError([MASTER_KEY_FILE]);
  }
}

const sound = (key: SubjectKey | UnusableKeyError): SubjectKey => {
  if (key instanceof UnusableKeyError) throw key;
  return key;
};
