import { AccessModule } from '#libs/access';
import { CandidatesModule } from '#libs/candidates';
import { ClassificationModule, type KnownNetworks } from '#libs/classification';
import { EmailOutbox, type EmailOptions } from '#libs/email';
import { UnmatchedDeliveries } from '#libs/email-events';
import { CommandRunner, EventCodec, EventLog, EventStoreModule } from '#libs/event-store';
import { HttpModule, type AppEnvironment } from '#libs/http';
import { IdentityModule, KnownPeople } from '#libs/identity';
import { systemClock, type EventDefinition } from '#libs/kernel';
import { ObservabilityModule, type Logger } from '#libs/observability';
import { Digests, PrivacyModule } from '#libs/privacy';
import { ReactionHost, type ProcessManager } from '#libs/reacting';
import { Database, ReadStoreModule } from '#libs/read-store';
import { SignUpModule } from '#libs/sign-up';
import { AdmitSignUpHandler, PendingSignUps } from '#libs/sign-up-intake';
import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { EMAIL_OPTIONS, OutgoingEmail } from './email/outgoing-email.js';
import { hygieneSources } from './hygiene/hygiene-sources.js';
import { Housekeeping } from './housekeeping.js';
import { AutomationMetrics } from './metrics/automation-metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import type { ManagerSources } from './process-managers.js';
import { RunningHost, WATCH_SOURCES } from './running-host.js';
import { ConsentRules } from './segments/consent-rules.js';
import { watchSources, type OpenWatchSources } from './segments/watch-sources.js';

const DATABASE_CONNECTIONS = 8;

/** No statement takes seconds; a connection that's silent for this long is dead. */
const DATABASE_ANSWERS_WITHIN_MILLISECONDS = 30_000;

export interface AutomationOptions extends Pick<AppEnvironment, 'databaseUrl' | 'eventStoreUrl' | 'secretsDir'> {
  readonly logger: Logger;
  /** By what those read who take more than events. */
  readonly managers: (sources: ManagerSources) => readonly ProcessManager[];
  readonly definitions: readonly EventDefinition[];
  /** Without it, nothing is sent. */
  readonly email?: EmailOptions | undefined;
  /** Without them, no address says who clicked. */
  readonly networks?: KnownNetworks | undefined;
}

/** Works for every process manager: the only place where an event causes a command. */
@Module({})
export class AutomationModule {
  static forRoot({ logger, managers, definitions, email, networks, ...options }: AutomationOptions): DynamicModule {
    return {
      module: AutomationModule,
      imports: [
        CqrsModule.forRoot(),
        ObservabilityModule.forRoot(logger),
        ReadStoreModule.forRoot({
          url: options.databaseUrl,
          applicationName: 'automation',
          max: DATABASE_CONNECTIONS,
          answerWithinMilliseconds: DATABASE_ANSWERS_WITHIN_MILLISECONDS,
        }),
        PrivacyModule.forRoot({ secretsDir: options.secretsDir }),
        EventStoreModule.forRoot({ url: options.eventStoreUrl, definitions, connectionName: 'automation' }),
        AccessModule,
        CandidatesModule.forRoot({ people: KnownPeople }),
        IdentityModule,
        ClassificationModule.forRoot({ networks }),
        SignUpModule,
        HttpModule.forRoot({
          metrics: false,
          readiness: {
            inject: [Database, EventLog],
            checks: (database: Database, log: EventLog) => [
              { name: 'postgresql', check: () => database.query('SELECT 1') },
              { name: 'event store', check: () => log.ping() },
            ],
          },
        }),
      ],
      controllers: [MetricsController],
      providers: [
        AutomationMetrics,
        { provide: EMAIL_OPTIONS, useValue: email ?? null },
        EmailOutbox,
        PendingSignUps,
        OutgoingEmail,
        Housekeeping,
        UnmatchedDeliveries,
        ConsentRules,
        AdmitSignUpHandler,
        {
          provide: WATCH_SOURCES,
          inject: [EventLog, EventCodec],
          useFactory: (log: EventLog, codec: EventCodec) => watchSources(log, codec, logger, systemClock),
        },
        {
          provide: ReactionHost,
          inject: [Database, EventLog, EventCodec, CommandRunner, CommandBus, Digests, WATCH_SOURCES],
          useFactory: (
            database: Database,
            log: EventLog,
            codec: EventCodec,
            runner: CommandRunner,
            bus: CommandBus,
            digests: Digests,
            segments: OpenWatchSources,
          ) => {
            const hygiene = hygieneSources(runner, database, logger, systemClock);
            return new ReactionHost({
              managers: managers({ segments, hygiene }),
              database,
              log,
              codec,
              runner,
              bus,
              digests,
              logger,
            });
          },
        },
        RunningHost,
      ],
    };
  }
}
