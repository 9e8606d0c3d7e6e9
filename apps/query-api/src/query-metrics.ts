import { Metrics } from '#libs/observability';
import { Database } from '#libs/read-store';
import { Injectable } from '@nestjs/common';
import { Freshness } from './freshness/freshness.js';

/** What Prometheus is told about queries, beside their requests. */
@Injectable()
export class QueryMetrics {
  constructor(metrics: Metrics, { outcomes }: Freshness, { pool }: Database) {
    metrics.add({
      name: 'rapport_read_model_waits_total',
      help: 'Reads that named a position, by whether their read model had reached it in time.',
      label: 'outcome',
      read: () => outcomes,
    });
    metrics.add({
      name: 'rapport_database_connections',
      help: 'Connections to PostgreSQL, and those who wait for one.',
      label: 'state',
      read: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    });
  }
}
