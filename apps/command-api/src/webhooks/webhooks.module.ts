import { fetchText, readEmailProviders, UnmatchedDeliveries } from '#libs/email-events';
import { systemClock } from '#libs/kernel';
import { Module } from '@nestjs/common';
import { UnmatchedDeliveriesController } from './unmatched-deliveries.controller.js';
import { WebhookIntake } from './webhook-intake.js';
import { WebhooksController } from './webhooks.controller.js';
import { EMAIL_PROVIDERS, WebhooksService } from './webhooks.service.js';

/** What email providers tell. Needs the global CommandBus, Database, Digests, KeyVault and Metrics. */
@Module({
  controllers: [WebhooksController, UnmatchedDeliveriesController],
  providers: [
    {
      provide: EMAIL_PROVIDERS,
      useFactory: () => readEmailProviders(process.env, { clock: systemClock, fetcher: fetchText }),
    },
    UnmatchedDeliveries,
    WebhookIntake,
    WebhooksService,
  ],
})
export class WebhooksModule {}
