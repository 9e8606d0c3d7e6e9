import { DayKeys } from '#libs/privacy';
import { Database, type SqlExecutor } from '#libs/read-store';
import { Injectable } from '@nestjs/common';

/** A message that's to be written and sent. */
export interface EmailOrder {
  readonly id: string;
  /** Which template writes it. */
  readonly kind: string;
  readonly to: string;
  /** What the template is told. JSON. */
  readonly content: unknown;
  /** No later than this; within `KEPT_DAYS`. */
  readonly expiresAt: Date;
}

/** An order of which nothing can be read without the vault. */
export interface SealedOrder extends Pick<EmailOrder, 'id' | 'kind' | 'expiresAt'> {
  readonly keyId: string;
  readonly sealed: Buffer;
}

/** An order that this process has the turn to try. */
export interface ClaimedEmail extends EmailOrder {
  readonly attempts: number;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly kind: string;
  readonly key_id: string;
  readonly sealed: Buffer;
  readonly attempts: number;
  readonly expires_at: Date;
}

/** How long an order may be kept. */
export const KEPT_DAYS = 7;
/** For so long nobody else tries a message that's being tried. */
const LEASE_SECONDS = 180;
const PURPOSE = 'outgoing-email';
const contextOf = (id: string): string => `outgoing-email/${id}`;

/**
 * Messages that wait to be sent, in `vault.outgoing_emails`, sealed under a key of the day. An order is written in the same
 * transaction as what it's about, and deleted once it was sent: a message goes out at least once, with the same Message-ID.
 */
@Injectable()
export class EmailOutbox {
  constructor(
    private readonly database: Database,
    private readonly keys: DayKeys,
  ) {}

  async seal({ id, kind, to, content, expiresAt }: EmailOrder, now: Date): Promise<SealedOrder> {
    const box = await this.keys.seal(PURPOSE, now, contextOf(id), { to, content });
    return { id, kind, expiresAt, ...box };
  }

  /** Once it's committed, it will be sent. */
  async post(executor: SqlExecutor, order: SealedOrder, now: Date): Promise<void> {
    await executor.query(
      `INSERT INTO vault.outgoing_emails (id, kind, key_id, sealed, next_attempt_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
      [order.id, order.kind, order.keyId, order.sealed, now, order.expiresAt],
    );
  }

  /** Those that are due, each for one caller for a while. */
  async claim(limit: number, now: Date): Promise<ClaimedEmail[]> {
    const rows = await this.database.query<Row>(
      `UPDATE vault.outgoing_emails SET attempts = attempts + 1, next_attempt_at = $2::timestamptz + make_interval(secs => $3)
       WHERE id IN (SELECT id FROM vault.outgoing_emails WHERE next_attempt_at <= $2 AND expires_at > $2
         ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, kind, key_id, sealed, attempts, expires_at`,
      [limit, now, LEASE_SECONDS],
    );
    const claimed: ClaimedEmail[] = [];
    for (const row of rows) {
      const opened = await this.keys.open(contextOf(row.id), { keyId: row.key_id, sealed: row.sealed });
      // Its day was erased.
      if (opened === undefined) await this.remove(row.id);
      else
        claimed.push({
          id: row.id,
          kind: row.kind,
          ...(opened as Pick<EmailOrder, 'to' | 'content'>),
          attempts: row.attempts,
          expiresAt: row.expires_at,
        });
    }
    return claimed;
  }

  async tryAgain(id: string, at: Date): Promise<void> {
    await this.database.query('UPDATE vault.outgoing_emails SET next_attempt_at = $2 WHERE id = $1', [id, at]);
  }

  /** After it was sent, or where it never will be. */
  async remove(id: string): Promise<void> {
    await this.database.query('DELETE FROM vault.outgoing_emails WHERE id = $1', [id]);
  }

  /** Removes what's too late to send, and the keys of days of which nothing is left. Gives how many were removed. */
  async sweep(now: Date): Promise<number> {
    const rows = await this.database.query('DELETE FROM vault.outgoing_emails WHERE expires_at <= $1 RETURNING id', [
      now,
    ]);
    await this.keys.retire(PURPOSE, KEPT_DAYS, now);
    return rows.length;
  }

  async waiting(): Promise<number> {
    const [row] = await this.database.query<{ n: number }>('SELECT count(*)::integer AS n FROM vault.outgoing_emails');
    return row?.n ?? 0;
  }
}
