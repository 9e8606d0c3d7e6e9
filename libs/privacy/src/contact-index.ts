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

  /** Committed when it returns; safe to repeat. */
  async add(candidateId: string, contacts: readonly IndexedContact[]): Promise<void> {
    await Promise.all(
      contacts.map(({ kind, value }) =>
        this.writes.call({ candidateId, kind, digest: this.digestOf({ kind, value }) }),
      ),
    );
  }

  /**
   * Ids of the candidates who have this address; more than one where people share it. Oldest entry first. Whoever was erased
   * is among them only where nobody else is: an address that's used again isn't ambiguous for that.
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
    await this.database.query(
      `INSERT INTO vault.contact_index (kind, digest, candidate_id)
       SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::uuid[]) ON CONFLICT DO NOTHING`,
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
