import { newId } from '#libs/kernel';
import { EmailOutbox, KEPT_DAYS, type EmailOrder } from '#libs/email';
import { DayKeys, Digests } from '#libs/privacy';
import { Database } from '#libs/read-store';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { ReadToken } from '../tokens/confirmation-tokens.js';
import { mailboxOf } from './mailbox.js';
import type { Submission } from './submission.js';

// The package is CommonJS; its types say that it isn't.
const canonicalJson = canonicalize as unknown as (value: unknown) => string;

/** What isn't confirmed for so long is deleted. */
export const PENDING_DAYS = KEPT_DAYS;
const DAY_MILLISECONDS = 86_400_000;
/** Whoever sends the same again sooner gets no second message: a double click, a page that was loaded again. */
const QUIET_MILLISECONDS = 600_000;
/** Messages to one mailbox within a day, whichever the forms and spellings: nobody is flooded by whoever enters their address. */
const MOST_MESSAGES = 3;
const PURPOSE = 'pending-sign-up';
const contextOf = (id: string): string => `pending-sign-up/${id}`;

/** What became of a submission; whoever sent it isn't told. */
export type Kept = 'kept' | 'repeated' | 'held-back';

export type OpenedSignUp =
  | { readonly kind: 'pending'; readonly submission: Submission; readonly submittedAt: Date }
  | { readonly kind: 'confirmed'; readonly formId: string };

/** Makes the message that asks for a confirmation. */
export type Asking = (token: ReadToken) => Pick<EmailOrder, 'kind' | 'content'>;

interface Row extends Record<string, unknown> {
  readonly form_id: string;
  readonly key_id: string;
  readonly sealed: Buffer | null;
  readonly submitted_at: Date;
}

/**
 * Submissions that nobody has confirmed yet, in `vault.pending_sign_ups`: sealed under a key of the day, and gone after
 * `PENDING_DAYS`. Nobody is looked up by their address for one: it's the same work whoever is known.
 */
@Injectable()
export class PendingSignUps {
  constructor(
    private readonly database: Database,
    private readonly keys: DayKeys,
    private readonly digests: Digests,
    private readonly outbox: EmailOutbox,
  ) {}

  /** Keeps it, and has a message sent that asks for the confirmation: both, or neither. */
  async keep(submission: Submission, asking: Asking, now: Date): Promise<Kept> {
    const mailbox = this.digests.digest('sign-up-address', mailboxOf(submission.email));
    const content = this.digests.digest('sign-up-content', canonicalJson(submission));
    // Sealing asks the vault, so it's done before a connection is held.
    const [before] = await this.database.query<{ id: string }>(
      'SELECT id FROM vault.pending_sign_ups WHERE content_digest = $1 AND confirmed_at IS NULL AND expires_at > $2',
      [content, now],
    );
    const id = before?.id ?? newId();
    const expiresAt = new Date(now.getTime() + PENDING_DAYS * DAY_MILLISECONDS);
    const box = await this.keys.seal(PURPOSE, now, contextOf(id), submission);
    const asked = { id: newId(), to: submission.address, expiresAt, ...asking({ signUpId: id, expiresAt }) };
    const order = await this.outbox.seal(asked, now);
    const dayAgo = new Date(now.getTime() - DAY_MILLISECONDS);

    return this.database.transaction(async (tx) => {
      // One after the other for a mailbox, or several at once would all be the third.
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [mailbox]);
      const [sent] = await tx.query<{ messages: number }>(
        `SELECT coalesce(sum(messages), 0)::integer AS messages FROM vault.pending_sign_ups
         WHERE address_digest = $1 AND message_at > $2`,
        [mailbox, dayAgo],
      );
      const [same] = await tx.query<{ id: string; message_at: Date }>(
        'SELECT id, message_at FROM vault.pending_sign_ups WHERE content_digest = $1 AND confirmed_at IS NULL AND expires_at > $2',
        [content, now],
      );
      // Another one came first.
      if (same?.id !== before?.id) return 'repeated';
      if (same && now.getTime() - same.message_at.getTime() < QUIET_MILLISECONDS) return 'repeated';
      if ((sent?.messages ?? 0) >= MOST_MESSAGES) return 'held-back';
      await tx.query(
        'DELETE FROM vault.pending_sign_ups WHERE content_digest = $1 AND confirmed_at IS NULL AND expires_at <= $2',
        [content, now],
      );
      await tx.query(
        `INSERT INTO vault.pending_sign_ups AS p
           (id, form_id, address_digest, content_digest, key_id, sealed, submitted_at, expires_at, message_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7)
         ON CONFLICT (id) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed, submitted_at = excluded.submitted_at,
           expires_at = excluded.expires_at, messages = CASE WHEN p.message_at > $9 THEN p.messages + 1 ELSE 1 END,
           message_at = excluded.message_at`,
        [id, submission.formId, mailbox, content, box.keyId, box.sealed, now, expiresAt, dayAgo],
      );
      await this.outbox.post(tx, order, now);
      return 'kept';
    });
  }

  /** Undefined where there's none, or none any more. */
  async open(id: string, now: Date): Promise<OpenedSignUp | undefined> {
    const [row] = await this.database.query<Row>(
      `SELECT form_id, key_id, sealed, submitted_at FROM vault.pending_sign_ups WHERE id = $1 AND expires_at > $2`,
      [id, now],
    );
    if (!row) return undefined;
    if (row.sealed === null) return { kind: 'confirmed', formId: row.form_id };
    const submission = await this.keys.open(contextOf(id), { keyId: row.key_id, sealed: row.sealed });
    if (submission === undefined) return undefined;
    return { kind: 'pending', submission: submission as Submission, submittedAt: row.submitted_at };
  }

  /** After it's in the log: of what was entered, nothing is kept here. */
  async settle(id: string, now: Date): Promise<void> {
    await this.database.query(
      'UPDATE vault.pending_sign_ups SET sealed = NULL, confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL',
      [id, now],
    );
  }

  /** Removes what nobody confirmed in time, and the keys of days of which nothing is left. */
  async sweep(now: Date): Promise<void> {
    await this.database.query('DELETE FROM vault.pending_sign_ups WHERE expires_at <= $1', [now]);
    await this.keys.retire(PURPOSE, PENDING_DAYS, now);
  }
}
