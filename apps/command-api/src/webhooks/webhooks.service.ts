import {
  knownProviders,
  WebhookUnavailableError,
  type EmailProvider,
  type ReceivedEvent,
  type WebhookDelivery,
} from '#libs/email-events';
import { ProblemError, retryAfter } from '#libs/http';
import { Metrics } from '#libs/observability';
import { Inject, Injectable } from '@nestjs/common';
import { tooManyDeliveries } from './raw-deliveries.js';
import { WebhookIntake, type Intake, type Teller } from './webhook-intake.js';

/** By name; only those that the environment has secrets for. */
export const EMAIL_PROVIDERS = Symbol('EmailProviders');

/** Events in work at once in this process, over all deliveries: so many that they're done well before an answer is due (12 s). */
const MOST_EVENTS = 2_000;
/** Until an operator has set what's missing. */
const UNCONFIGURED_RETRY_SECONDS = 300;
const RETRY_SECONDS = 5;

const statusOf = {
  'webhook-unsigned': 401,
  'webhook-forged': 401,
  'webhook-stale': 401,
  'webhook-malformed': 400,
} as const;

export type Counts = Record<Intake, number>;

const none = (): Counts => ({ recorded: 0, duplicate: 0, unmatched: 0, erased: 0 });

/** Takes deliveries of email providers: believed, recorded or kept, and only then answered. */
@Injectable()
export class WebhooksService {
  private inWork = 0;
  private readonly totals = none();

  constructor(
    @Inject(EMAIL_PROVIDERS) private readonly providers: ReadonlyMap<string, EmailProvider>,
    private readonly intake: WebhookIntake,
    metrics: Metrics,
  ) {
    metrics.add({
      name: 'rapport_webhook_events',
      help: 'Events of email providers since the start, by what became of them.',
      label: 'outcome',
      read: () => this.totals,
    });
  }

  /** Throws the problem that a delivery is answered with where it isn't taken as a whole. */
  async receive(name: string, delivery: WebhookDelivery, correlationId: string): Promise<Counts> {
    const provider = this.provider(name);
    const opened = await provider.open(delivery).catch((error: unknown) => {
      if (!(error instanceof WebhookUnavailableError)) throw error;
      throw new ProblemError(503, 'unavailable', { detail: error.message, headers: retryAfter(RETRY_SECONDS) });
    });
    if (!opened.ok) {
      const { code, message } = opened.error;
      throw new ProblemError(statusOf[code], code, { detail: message });
    }
    return this.takeAll(opened.value, { provider: name, correlationId });
  }

  private provider(name: string): EmailProvider {
    const provider = this.providers.get(name);
    if (provider) return provider;
    // Not 404: the provider would give up, and what it tells meanwhile would be lost.
    if ((knownProviders as readonly string[]).includes(name)) {
      throw new ProblemError(503, 'webhook-not-configured', {
        detail: 'This webhook has no secret to check deliveries with. docs/email-events.md says which variable to set.',
        headers: retryAfter(UNCONFIGURED_RETRY_SECONDS),
      });
    }
    throw new ProblemError(404, 'webhook-unknown', { detail: 'There is no webhook of this name.' });
  }

  private async takeAll(events: readonly ReceivedEvent[], teller: Teller): Promise<Counts> {
    if (this.inWork > 0 && this.inWork + events.length > MOST_EVENTS) throw tooManyDeliveries();
    this.inWork += events.length;
    try {
      // All are waited for, also where one fails: what's under way counts as in work.
      const taken = await Promise.allSettled(events.map((event) => this.intake.take(event, teller)));
      const counts = none();
      for (const result of taken) {
        if (result.status === 'rejected') continue;
        for (const outcome of result.value) {
          counts[outcome] += 1;
          this.totals[outcome] += 1;
        }
      }
      const failed = taken.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
      return counts;
    } finally {
      this.inWork -= events.length;
    }
  }
}
