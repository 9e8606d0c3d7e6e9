import { AccessModule } from '#libs/access';
import { eventCatalogue } from '#libs/event-catalogue';
import { EventStoreModule } from '#libs/event-store';
import { HttpModule } from '#libs/http';
import { ObservabilityModule, type Logger } from '#libs/observability';
import { PrivacyModule } from '#libs/privacy';
import { Database, ReadStoreModule } from '#libs/read-store';
import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { QueryApiEnvironment } from './environment.js';
import { assertReadModelsExist } from './projections/read-models.js';
import { DATABASE_CONNECTIONS, STATEMENT_MILLISECONDS } from './query-cost/dear-query.js';
import { QueryRoutesModule } from './query-routes.module.js';

export interface QueryApiOptions
  extends
    Pick<QueryApiEnvironment, 'databaseUrl' | 'eventStoreUrl' | 'secretsDir' | 'readWaitMilliseconds'>,
    Partial<Pick<QueryApiEnvironment, 'searchRecordDays'>> {
  readonly logger: Logger;
}

/** The HTTP read side. It answers from read models; only the audit part reads the event log. It writes only the record of searches, and which pasts were asked for. */
@Module({})
export class QueryApiModule {
  static forRoot(options: QueryApiOptions): DynamicModule {
    const { databaseUrl, eventStoreUrl, secretsDir, logger } = options;
    return {
      module: QueryApiModule,
      imports: [
        ObservabilityModule.forRoot(logger),
        ReadStoreModule.forRoot({
          url: databaseUrl,
          applicationName: 'query-api',
          max: DATABASE_CONNECTIONS,
          statementTimeoutMilliseconds: STATEMENT_MILLISECONDS,
          // A second more: PostgreSQL, if it's there, is the one that gives up.
          answerWithinMilliseconds: STATEMENT_MILLISECONDS + 1_000,
        }),
        PrivacyModule.forRoot({ secretsDir }),
        EventStoreModule.forRoot({
          url: eventStoreUrl,
          definitions: eventCatalogue,
          connectionName: 'query-api',
        }),
        CqrsModule.forRoot(),
        AccessModule,
        HttpModule.forRoot({
          readiness: {
            inject: [Database],
            checks: (database: Database) => [
              { name: 'postgresql', check: () => database.query('SELECT 1') },
              { name: 'read models', check: () => assertReadModelsExist(database) },
            ],
          },
        }),
        QueryRoutesModule.forRoot(options),
      ],
    };
  }
}
