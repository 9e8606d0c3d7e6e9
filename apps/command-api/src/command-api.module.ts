import { AccessModule } from '#libs/access';
import { CandidatesModule } from '#libs/candidates';
import { eventCatalogue } from '#libs/event-catalogue';
import { EventLog, EventStoreModule } from '#libs/event-store';
import { FitModule } from '#libs/fit';
import { HygieneModule } from '#libs/hygiene';
import { HttpModule, type AppEnvironment } from '#libs/http';
import { IdentityModule, KnownPeople } from '#libs/identity';
import { ObservabilityModule, type Logger } from '#libs/observability';
import { PoolsModule } from '#libs/pools';
import { PrivacyModule } from '#libs/privacy';
import { Database, ReadStoreModule } from '#libs/read-store';
import { SavedSearchesModule } from '#libs/saved-searches';
import { ScoringModule } from '#libs/scoring';
import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CommandMetrics } from './command-metrics.js';
import { CommandRoutesModule } from './command-routes.module.js';
import { SignUpRoutesModule } from './sign-up/sign-up-routes.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

const DATABASE_CONNECTIONS = 10;
/** All that commands ask of PostgreSQL are keys and addresses, by index: a thousand times what that takes. */
const DATABASE_ANSWERS_WITHIN_MILLISECONDS = 5_000;

export interface CommandApiOptions extends Pick<AppEnvironment, 'databaseUrl' | 'eventStoreUrl' | 'secretsDir'> {
  readonly logger: Logger;
}

/** The HTTP write side. It decides on events alone: it reads no read model and runs no subscription. */
@Module({})
export class CommandApiModule {
  static forRoot({ databaseUrl, eventStoreUrl, secretsDir, logger }: CommandApiOptions): DynamicModule {
    return {
      module: CommandApiModule,
      imports: [
        ObservabilityModule.forRoot(logger),
        ReadStoreModule.forRoot({
          url: databaseUrl,
          applicationName: 'command-api',
          max: DATABASE_CONNECTIONS,
          answerWithinMilliseconds: DATABASE_ANSWERS_WITHIN_MILLISECONDS,
        }),
        PrivacyModule.forRoot({ secretsDir }),
        EventStoreModule.forRoot({
          url: eventStoreUrl,
          definitions: eventCatalogue,
          connectionName: 'command-api',
        }),
        CqrsModule.forRoot(),
        CandidatesModule.forRoot({ people: KnownPeople }),
        IdentityModule,
        PoolsModule,
        SavedSearchesModule,
        HygieneModule,
        ScoringModule,
        FitModule,
        AccessModule,
        HttpModule.forRoot({
          readiness: {
            inject: [Database, EventLog],
            checks: (database: Database, log: EventLog) => [
              { name: 'postgresql', check: () => database.query('SELECT 1') },
              { name: 'event store', check: () => log.ping() },
            ],
          },
        }),
        CommandRoutesModule,
        SignUpRoutesModule,
        WebhooksModule,
      ],
      providers: [CommandMetrics],
    };
  }
}
