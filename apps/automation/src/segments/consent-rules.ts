import { CONSENT_RULES, TakeUpConsentRulesCommand } from '#libs/candidates';
import { newId, systemClock } from '#libs/kernel';
import { LOGGER, type Logger } from '#libs/observability';
import { Backoff, defaultTuning, faultOf, rest } from '#libs/projecting';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

/** Has the log say once that a release reads consents by other rules, so that watches over segments that ask for them begin anew. */
@Injectable()
export class ConsentRules implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly commands: CommandBus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.takeUp(CONSENT_RULES);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Tries until it's done, or the app goes down. */
  async takeUp(version: number): Promise<void> {
    const { signal } = this.stopping;
    const backoff = new Backoff(defaultTuning.firstBackoffMs, defaultTuning.longestBackoffMs);
    const context = {
      actor: { kind: 'system', id: 'consent-rules' },
      correlationId: newId(),
      source: 'automation',
    } as const;
    while (!signal.aborted) {
      try {
        const taken = await this.commands.execute(
          new TakeUpConsentRulesCommand(version, { context, occurredAt: systemClock.now() }),
        );
        if (!taken.ok) this.logger.error({ code: taken.error.code }, 'consent rules not taken up');
        return;
      } catch (error) {
        this.logger.warn({ fault: faultOf(error) }, 'consent rules wait');
        await rest(backoff.next(), signal);
      }
    }
  }
}
