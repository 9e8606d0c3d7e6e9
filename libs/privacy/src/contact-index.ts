import { Coalescer } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { Injectable } from '@nestjs/common';
import { Digests } from './digests.js';

/** `value` is normalised by the caller: the index compares bytes. */
export interface IndexedContact {
  /** `email`, `phone`, `profile-url`, `external:<system>`, or `message` for a message's id. */
  readonly kind: string;
  readonly value: string;
}

/**
 * Finds candidates by an address without keeping the address: `vault.contact_index` holds keyed digests.
 * Entries are written before the event that brings them, so an entry may point to a candidate who was never added.
 */
@Injectable()
export class ContactIndex {
  private readonly writes = new Coalescer<{ candidateId: string; kind: string; digest: string }, void>((entries) =>
    this.insert(entries),
  );
  private readonly reads = new Coalescer<IndexedContact, readonly string[]>((contacts) => this.select(contacts));

  constructor(
    private readonly database: Database,
    private readonly digests: Digests,
  ) {}

  /**
   * Committed when it returns; safe to repeat. Whoever has an address now takes it from those who were erased: two ids under
   * one digest would say who the erased one was. Who was erased claims none, and messages are nobody else's.
   */
  async add(candidateId: string, contacts: readonly IndexedContact[]): Promise<void> {
    await Promise.all(
      contacts.map(({ kind, value }) =>
        this.writes.call({ candidateId, kind, digest: this.digestOf({ kind, value }) }),
      ),
    );
  }

  /**
   * Ids of the candidates who have this address; more than one where people share it. Oldest entry first. Whoever was erased
   * is among them only where nobody else is: they aren't brought back by an import or a provider that still has the address,
   * and an address that's used again isn't ambiguous for them.
   */
  find(kind: string, value: string): Promise<readonly string[]> {
    return this.reads.call({ kind, value });
  }

  findMany(contacts: readonly IndexedContact[]): Promise<readonly (readonly string[])[]> {
    return Promise.all(contacts.map((contact) => this.reads.call(contact)));
  }

  private digestOf({ kind, value }: IndexedContact): string {
    return this.digests.digest('contact', kind, value);
  }

  private async insert(entries: readonly { candidateId: string; kind: string; digest: string }[]): Promise<void[]> {
    // In one order everywhere: two processes that record the same contacts would wait for one another for ever.
    await this.database.query(
      `WITH claims AS (
         SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::uuid[]) AS c (kind, digest, candidate_id)
         WHERE kind = 'message' OR NOT EXISTS (
           SELECT FROM vault.subject_keys k
           WHERE k.subject_id = c.candidate_id AND k.key_group = 'contact' AND k.destroyed_at IS NOT NULL)
       ), left_behind AS (
         SELECT i.kind, i.digest, i.candidate_id FROM vault.contact_index i
         JOIN (SELECT DISTINCT kind, digest FROM claims WHERE kind <> 'message') c USING (kind, digest)
         JOIN vault.subject_keys k ON k.subject_id = i.candidate_id AND k.key_group = 'contact'
         WHERE k.destroyed_at IS NOT NULL
         -- Whoever has it locked is deleting it.
         FOR UPDATE OF i SKIP LOCKED
       ), released AS (
         DELETE FROM vault.contact_index i USING left_behind l
         WHERE i.kind = l.kind AND i.digest = l.digest AND i.candidate_id = l.candidate_id
       )
       INSERT INTO vault.contact_index (kind, digest, candidate_id)
       SELECT kind, digest, candidate_id FROM claims ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`,
      [entries.map((e) => e.kind), entries.map((e) => e.digest), entries.map((e) => e.candidateId)],
    );
    return entries.map(() => undefined);
  }

  private async select(contacts: readonly IndexedContact[]): Promise<readonly (readonly string[])[]> {
    const rows = await this.database.query<{ n: string; ids: string[] }>(
      `SELECT w.n, coalesce(
         array_agg(i.candidate_id::text ORDER BY i.added_at, i.candidate_id) FILTER (WHERE k.destroyed_at IS NULL),
         array_agg(i.candidate_id::text ORDER BY i.added_at, i.candidate_id)) AS ids
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS w (kind, digest, n)
       JOIN vault.contact_index i USING (kind, digest)
       LEFT JOIN vault.subject_keys k ON k.subject_id = i.candidate_id AND k.key_group = 'contact'
       GROUP BY w.n`,
      [contacts.map((c) => c.kind), contacts.map((c) => this.digestOf(c))],
    );
    const found = new Map(rows.map((row) => [Number(row.n), row.ids]));
    return contacts.map((_, i) => found.get(i + 1) ?? []);
  }
}
