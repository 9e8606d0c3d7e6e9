import { EmailOutbox } from '#libs/email';
import { UnmatchedDeliveries } from '#libs/email-events';
import { rest } from '#libs/projecting';
import { LOGGER, type Logger } from '#libs/observability';
import { systemClock } from '#libs/kernel';
import { PendingSignUps } from '#libs/sign-up-intake';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

const EVERY_MILLISECONDS = 600_000;

/** Deletes what was kept for a while only: submissions that nobody confirmed, messages that are too late, what providers told of nobody. In every process, which does no harm. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly pending: PendingSignUps,
    private readonly outbox: EmailOutbox,
    private readonly unmatched: UnmatchedDeliveries,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.work();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async work(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const now = systemClock.now();
        await this.pending.sweep(now);
        await this.outbox.sweep(now);
        await this.unmatched.sweep(now);
      } catch (error) {
        this.logger.warn({ err: error }, 'housekeeping waits');
      }
      await rest(EVERY_MILLISECONDS, signal);
    }
  }
}
