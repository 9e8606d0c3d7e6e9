import { Coalescer, newId } from '#libs/kernel';
import { Digests, KeyVault, openBox, retireDays, sealBox } from '#libs/privacy';
import { Database } from '#libs/read-store';
import { Injectable } from '@nestjs/common';
import type { Unmapped } from '../email-fact.js';
import type { ReceivedEvent } from '../email-provider.js';

/** Why an event that a provider vouched for is nobody's fact yet. */
export type UnmatchedReason = Unmapped | 'unknown-recipient' | 'impossible-time';

export interface UnmatchedEvent {
  readonly provider: string;
  readonly reason: UnmatchedReason;
  readonly event: ReceivedEvent;
  /** What makes it the same, however often it's delivered: of a fact its key, of all else its content. */
  readonly key: readonly string[];
}

/** What's shown of one: nothing of its content, which names a person. */
export interface UnmatchedDelivery {
  readonly id: string;
  readonly provider: string;
  readonly reason: UnmatchedReason;
  /** How often it came. */
  readonly deliveries: number;
  readonly attempts: number;
  readonly receivedAt: Date;
  readonly triedAt: Date | null;
}

/** One that's about to be replayed. */
export interface OpenedUnmatched {
  readonly provider: string;
  /** As `digestOf` gives it for what was kept. */
  readonly digest: string;
  readonly event: ReceivedEvent;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly provider: string;
  readonly reason: UnmatchedReason;
  readonly deliveries: number;
  readonly attempts: number;
  readonly received_at: Date;
  readonly tried_at: Date | null;
}

const COLUMNS = 'id, provider, reason, deliveries, attempts, received_at, tried_at';

const shown = (row: Row): UnmatchedDelivery => ({
  id: row.id,
  provider: row.provider,
  reason: row.reason,
  deliveries: row.deliveries,
  attempts: row.attempts,
  receivedAt: row.received_at,
  triedAt: row.tried_at,
});

/** It names people, who may be nobody we know: what nobody could match for so long isn't kept any longer. */
export const UNMATCHED_DAYS = 180;
const DAY_MILLISECONDS = 86_400_000;

const contextOf = (id: string): string => `unmatched-delivery/${id}`;

/**
 * Events that providers vouched for and that can't be recorded yet, in `vault.unmatched_deliveries`. They're nobody's,
 * so no person's key seals them: each day has a key of its own in the vault, under the group for technical data, and
 * destroying that key erases all that is left of the day.
 */
@Injectable()
export class UnmatchedDeliveries {
  private readonly writes = new Coalescer<UnmatchedEvent, void>((events) => this.insert(events));

  constructor(
    private readonly database: Database,
    private readonly digests: Digests,
    private readonly vault: KeyVault,
  ) {}

  /** Committed when it returns; the same again is counted, not kept twice. */
  keep(event: UnmatchedEvent): Promise<void> {
    return this.writes.call(event);
  }

  /** By id, which says nothing about the time. */
  async list(after: string | undefined, limit: number): Promise<UnmatchedDelivery[]> {
    const rows = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM vault.unmatched_deliveries WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
      [after ?? null, limit],
    );
    return rows.map(shown);
  }

  /** Those that were tried longest ago, or never, first. */
  async oldest(limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM vault.unmatched_deliveries ORDER BY coalesce(tried_at, received_at), id LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Undefined where there's none, or its day's key was destroyed: then the row goes away, too. */
  async open(id: string): Promise<OpenedUnmatched | undefined> {
    const [row] = await this.database.query<{ provider: string; digest: string; key_id: string; sealed: Buffer }>(
      'SELECT provider, digest, key_id, sealed FROM vault.unmatched_deliveries WHERE id = $1',
      [id],
    );
    if (!row) return undefined;
    const [key] = await this.vault.keysToOpen([{ subjectId: row.key_id, group: 'technical' }]);
    if (!key) {
      await this.settle(id);
      return undefined;
    }
    const event = JSON.parse(openBox(key, contextOf(id), row.sealed).toString()) as ReceivedEvent;
    return { provider: row.provider, digest: row.digest, event };
  }

  async tried(id: string): Promise<void> {
    await this.database.query(
      'UPDATE vault.unmatched_deliveries SET attempts = attempts + 1, tried_at = now() WHERE id = $1',
      [id],
    );
  }

  /** Removes what was kept for long enough, and the keys of days of which nothing is left. */
  async sweep(now: Date): Promise<void> {
    const since = new Date(now.getTime() - UNMATCHED_DAYS * DAY_MILLISECONDS);
    await this.database.query('DELETE FROM vault.unmatched_deliveries WHERE received_at < $1', [since]);
    await retireDays(this.vault, (day) => this.keyOf(day), UNMATCHED_DAYS, now);
  }

  /** After all that it says was recorded. */
  async settle(id: string): Promise<void> {
    await this.database.query('DELETE FROM vault.unmatched_deliveries WHERE id = $1', [id]);
  }

  digestOf({ provider, key }: Pick<UnmatchedEvent, 'provider' | 'key'>): string {
    return this.digests.digest('unmatched', provider, ...key);
  }

  private keyOf(day: Date): { readonly subjectId: string; readonly group: 'technical' } {
    return { subjectId: this.digests.idFrom('unmatched-day', day.toISOString().slice(0, 10)), group: 'technical' };
  }

  private async insert(events: readonly UnmatchedEvent[]): Promise<void[]> {
    const ref = this.keyOf(new Date());
    const keyId = ref.subjectId;
    const key = await this.vault.keyToSeal(ref);
    // In one order everywhere: a provider that sends its batches to two processes would have them wait for one another.
    const once = [...new Map(events.map((event) => [this.digestOf(event), event])).entries()].sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    const rows = once.map(([digest, event]) => {
      const id = newId();
      return { ...event, id, digest, sealed: sealBox(key, contextOf(id), Buffer.from(JSON.stringify(event.event))) };
    });
    await this.database.query(
      `INSERT INTO vault.unmatched_deliveries AS kept (id, digest, provider, reason, sealed, key_id)
       SELECT *, $6::uuid FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[])
       ON CONFLICT (digest) DO UPDATE SET deliveries = kept.deliveries + 1`,
      [
        rows.map(({ id }) => id),
        rows.map(({ digest }) => digest),
        rows.map(({ provider }) => provider),
        rows.map(({ reason }) => reason),
        rows.map(({ sealed }) => sealed),
        keyId,
      ],
    );
    return events.map(() => undefined);
  }
}
