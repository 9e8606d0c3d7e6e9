import { AccessModule } from '#libs/access';
import { EventCodec, EventLog, EventStoreModule } from '#libs/event-store';
import { HttpModule, type AppEnvironment } from '#libs/http';
import type { EventDefinition } from '#libs/kernel';
import { ObservabilityModule, recordSharedWork, type Logger } from '#libs/observability';
import { PrivacyModule } from '#libs/privacy';
import {
  PastBuilder,
  ProjectionHost,
  ReadModelGate,
  type BatchWritten,
  type EngineObserver,
  type PastLife,
  type Projection,
  type Tuning,
} from '#libs/projecting';
import { Database, ReadStoreModule } from '#libs/read-store';
import { engagement } from '#projections/engagement';
import { Module, type DynamicModule } from '@nestjs/common';
import { MetricsController } from './metrics/metrics.controller.js';
import { ProjectorMetrics } from './metrics/projector-metrics.js';
import { pastBuilder } from './past/past-builder.js';
import { RunningBuilder } from './past/running-builder.js';
import { scoredByPublishedModels } from './published-scoring.js';
import { RunningHost } from './running-host.js';
import { StatusController } from './status/status.controller.js';

/** Batches of four projections load and write at the same time, and keys are fetched beside them. */
const DATABASE_CONNECTIONS = 16;

/** Who holds a table for longer doesn't hold the projection's connections too: it backs off and tries again. */
const LOCK_TIMEOUT_MILLISECONDS = 5_000;

/** No batch takes seconds; a connection that's silent for this long is dead, and the batch starts again on another. */
const DATABASE_ANSWERS_WITHIN_MILLISECONDS = 30_000;

/**
 * As long as an elected connection may say nothing: whoever takes over from a process that's frozen needn't wait for longer
 * for the checkpoints that its transactions hold. Nothing but the next statement is made between two of them.
 */
const IDLE_IN_TRANSACTION_MILLISECONDS = 10_000;

export interface ProjectorOptions extends Pick<AppEnvironment, 'databaseUrl' | 'eventStoreUrl' | 'secretsDir'> {
  readonly logger: Logger;
  readonly projections: readonly Projection[];
  readonly definitions: readonly EventDefinition[];
  readonly tuning?: Partial<Tuning>;
  readonly pastLife?: PastLife;
}

const traceBatch = ({ projection, version, events, rows, milliseconds, traceparents }: BatchWritten): void => {
  const endedAt = Date.now();
  recordSharedWork({
    name: `project ${projection}`,
    attributes: { 'rapport.version': version, 'rapport.events': events, 'rapport.rows': rows },
    startedAt: endedAt - milliseconds,
    endedAt,
    traceparents,
  });
};

/** Counted, and entered into the traces of the requests that caused it. */
const observing = (metrics: ProjectorMetrics): EngineObserver => ({
  onBatch: (batch) => {
    metrics.onBatch(batch);
    traceBatch(batch);
  },
  onParked: (parked) => metrics.onParked(parked),
  onRetry: (generation) => metrics.onRetry(generation),
});

/** Hosts every projection, and shows how they stand. */
@Module({})
export class ProjectorModule {
  static forRoot(options: ProjectorOptions): DynamicModule {
    const { databaseUrl, eventStoreUrl, secretsDir, logger, projections, definitions, tuning = {}, pastLife } = options;
    return {
      module: ProjectorModule,
      imports: [
        ObservabilityModule.forRoot(logger),
        ReadStoreModule.forRoot({
          url: databaseUrl,
          applicationName: 'projector',
          max: DATABASE_CONNECTIONS,
          lockTimeoutMilliseconds: LOCK_TIMEOUT_MILLISECONDS,
          answerWithinMilliseconds: DATABASE_ANSWERS_WITHIN_MILLISECONDS,
          idleInTransactionMilliseconds: IDLE_IN_TRANSACTION_MILLISECONDS,
        }),
        PrivacyModule.forRoot({ secretsDir }),
        EventStoreModule.forRoot({ url: eventStoreUrl, definitions, connectionName: 'projector' }),
        AccessModule,
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
      controllers: [StatusController, MetricsController],
      providers: [
        ProjectorMetrics,
        {
          provide: ProjectionHost,
          inject: [Database, EventLog, EventCodec, ProjectorMetrics],
          useFactory: (database: Database, log: EventLog, decoder: EventCodec, metrics: ProjectorMetrics) =>
            new ProjectionHost({
              database,
              log,
              decoder,
              projections,
              ...(projections.includes(engagement) ? { further: scoredByPublishedModels(database) } : {}),
              logger,
              observer: observing(metrics),
              tuning,
            }),
        },
        RunningHost,
        ReadModelGate,
        {
          provide: PastBuilder,
          inject: [Database, EventLog, EventCodec, ReadModelGate],
          useFactory: (database: Database, log: EventLog, codec: EventCodec, gate: ReadModelGate) =>
            pastBuilder({ database, log, codec, gate, logger, life: pastLife }),
        },
        RunningBuilder,
      ],
    };
  }
}
