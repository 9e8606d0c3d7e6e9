import type { Clock } from '#libs/kernel';
import { Backoff, faultOf, rest, type EngineLog } from '#libs/projecting';
import type { Sender } from '../email-options.js';
import { UndeliverableError, type Mailer, type RenderedEmail } from '../sending/mailer.js';
import type { ClaimedEmail, EmailOutbox } from './email-outbox.js';

/** Writes a message of one kind. Throws for content that it doesn't know. */
export type EmailTemplate = (content: unknown, sender: Sender) => RenderedEmail;

export interface OutboxWorkerOptions {
  readonly outbox: Pick<EmailOutbox, 'claim' | 'tryAgain' | 'remove'>;
  readonly mailer: Mailer;
  readonly sender: Sender;
  readonly templates: Readonly<Record<string, EmailTemplate>>;
  readonly logger: EngineLog;
  readonly clock: Clock;
  /** How often it looks for what's due, in milliseconds. */
  readonly pollMs?: number;
}

const AT_ONCE = 8;
const POLL_MILLISECONDS = 1_000;
/** Minutes until the next try; the last one from then on. Grey-listing lets a second try in after some minutes. */
const RETRY_MINUTES = [1, 5, 15, 60, 240];

/** When a message that was tried so often is tried next. */
export const nextTry = (attempts: number, now: Date): Date => {
  const minutes = RETRY_MINUTES[Math.min(attempts, RETRY_MINUTES.length) - 1] ?? 1;
  return new Date(now.getTime() + minutes * 60_000);
};

/** Reply codes, and the names of what went wrong on the way; what a server says may quote an address. */
const codeOf = (error: unknown): string => {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  return [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
};

/** Sends what waits in the outbox, until it's stopped. Any number may work on one outbox. */
export class OutboxWorker {
  /** Since the process started. */
  readonly counts = { sent: 0, retried: 0, refused: 0 };
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: OutboxWorkerOptions) {}

  start(): void {
    this.running = this.work();
  }

  /** Resolves once nothing is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.options.mailer.close();
  }

  /** Tries what's due; gives how many there were. */
  async round(): Promise<number> {
    const { outbox, clock } = this.options;
    const claimed = await outbox.claim(AT_ONCE, clock.now());
    await Promise.all(claimed.map((email) => this.attempt(email)));
    return claimed.length;
  }

  private async work(): Promise<void> {
    const { logger, pollMs = POLL_MILLISECONDS } = this.options;
    const { signal } = this.stopping;
    const backoff = new Backoff(pollMs, 30_000);
    while (!signal.aborted) {
      try {
        if ((await this.round()) === 0) await rest(pollMs, signal);
        backoff.reset();
      } catch (error) {
        logger.warn({ fault: faultOf(error) }, 'outbox waits');
        await rest(backoff.next(), signal);
      }
    }
  }

  private async attempt(claimed: ClaimedEmail): Promise<void> {
    const { outbox, mailer, sender, templates, logger, clock } = this.options;
    const { id, kind, to, content, attempts } = claimed;
    const template = templates[kind];
    try {
      // A newer version of Rapport may know the kind.
      if (!template) throw Object.assign(new Error(`There is no template ${kind}.`), { code: 'unknown-kind' });
      await mailer.send({ id, to, ...template(content, sender) });
    } catch (error) {
      const told = { emailId: id, kind, attempts, reason: codeOf(error) };
      if (error instanceof UndeliverableError) {
        this.counts.refused++;
        logger.warn({ ...told, reason: String(error.replyCode) }, 'email refused for good');
        await outbox.remove(id);
        return;
      }
      this.counts.retried++;
      logger.warn(told, 'email not sent, tried again later');
      await outbox.tryAgain(id, nextTry(attempts, clock.now()));
      return;
    }
    this.counts.sent++;
    logger.info({ emailId: id, kind }, 'email sent');
    await outbox.remove(id);
  }
}
