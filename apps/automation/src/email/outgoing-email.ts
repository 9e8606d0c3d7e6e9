import { EmailOutbox, mailerFor, OutboxWorker, type EmailOptions } from '#libs/email';
import { systemClock } from '#libs/kernel';
import { LOGGER, Metrics, type Logger } from '#libs/observability';
import { CONFIRMATION_EMAIL, confirmationEmail } from '#libs/sign-up-intake';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

/** For injection of what the environment says about email; null where it says nothing. */
export const EMAIL_OPTIONS = Symbol('EmailOptions');

/** By the kind of a message. */
const templates = { [CONFIRMATION_EMAIL]: confirmationEmail };

/** Sends what waits in the outbox while the app is up: the only place that sends. */
@Injectable()
export class OutgoingEmail implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: OutboxWorker | undefined;

  constructor(
    @Inject(EMAIL_OPTIONS) options: EmailOptions | null,
    outbox: EmailOutbox,
    @Inject(LOGGER) logger: Logger,
    metrics: Metrics,
  ) {
    if (options === null) return;
    const mailer = mailerFor(options);
    const worker = new OutboxWorker({ outbox, mailer, sender: options, templates, logger, clock: systemClock });
    this.worker = worker;
    metrics.add({
      name: 'rapport_emails_total',
      help: 'Messages since the start, by what became of a try.',
      label: 'outcome',
      read: () => worker.counts,
    });
  }

  onApplicationBootstrap(): void {
    this.worker?.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.stop();
  }
}
