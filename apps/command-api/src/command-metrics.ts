import { CommandRunner } from '#libs/event-store';
import { Metrics } from '#libs/observability';
import { Database } from '#libs/read-store';
import { Injectable } from '@nestjs/common';

/** What Prometheus is told about commands, beside their requests. */
@Injectable()
export class CommandMetrics {
  constructor(metrics: Metrics, { figures }: CommandRunner, { pool }: Database) {
    const counters: Readonly<Record<keyof typeof figures, string>> = {
      appends: 'Appends that the event store took.',
      events: 'Events in them.',
      conflicts: 'Appends that were decided on a state that another process had changed meanwhile.',
      resends: 'Appends that were sent again because their outcome was not known.',
      failures: 'Appends that failed for good.',
      duplicates: 'Commands and facts that had been accepted before.',
      refusals: 'Commands that were refused.',
    };
    for (const [kind, help] of Object.entries(counters) as [keyof typeof figures, string][])
      metrics.add({ name: `rapport_command_${kind}_total`, help, read: () => figures[kind] });
    metrics.add({
      name: 'rapport_database_connections',
      help: 'Connections to PostgreSQL, and those who wait for one.',
      label: 'state',
      read: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    });
  }
}
