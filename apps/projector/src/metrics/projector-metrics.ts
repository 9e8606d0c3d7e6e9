import {
  pastJobStates,
  type BatchWritten,
  type Checkpoint,
  type EngineObserver,
  type PastJob,
  type ProjectionStatus,
} from '#libs/projecting';
import type { LogPosition } from '#libs/kernel';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const labelNames = ['projection', 'version'] as const;
type Labels = Record<(typeof labelNames)[number], string>;

/** A version that is built again beside its live rows counts apart: `2` and `2.3`. */
const labelsOf = ({
  projection,
  version,
  build = 1,
}: {
  projection: string;
  version: number;
  build?: number;
}): Labels => ({
  projection,
  version: build === 1 ? String(version) : `${version}.${build}`,
});

/** What's asked for at a scrape; undefined where the server that knows didn't answer. */
export interface Scraped {
  readonly statuses: readonly ProjectionStatus[];
  readonly deadLetters: ReadonlyMap<string, number> | undefined;
  readonly pastJobs: ReadonlyMap<PastJob['state'], number> | undefined;
  /** What every process has stored. */
  readonly stored: readonly Checkpoint[] | undefined;
  readonly head: LogPosition | undefined;
}

/** What Prometheus is told about the projections of this process. Nothing in it is about a person. */
@Injectable()
export class ProjectorMetrics implements EngineObserver {
  readonly registry = new Registry();

  private readonly batches = new Histogram({
    name: 'rapport_projection_batch_seconds',
    help: 'From loading the rows of a batch to its commit.',
    labelNames,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  private readonly events = this.counter('rapport_projection_events_total', 'Events that were folded into rows.');
  private readonly rows = this.counter('rapport_projection_rows_total', 'Rows that were written or removed.');
  private readonly pending = this.gauge('rapport_projection_pending_events', 'Events read and not in the rows yet.');
  private readonly lagPositions = this.gauge(
    'rapport_projection_lag_positions',
    "How far the log's head is ahead: events on the embedded node, bytes of log on a cluster.",
  );
  private readonly lagSeconds = this.gauge(
    'rapport_projection_lag_seconds',
    'Age of the oldest event that is not in the rows yet; 0 when all are.',
  );
  private readonly states = new Gauge({
    name: 'rapport_projection_state',
    help: '1 for the state that the projection is in, in this process.',
    labelNames: [...labelNames, 'state'],
    registers: [this.registry],
  });
  private readonly deadLetters = new Gauge({
    name: 'rapport_projection_dead_letters',
    help: 'Events that were set aside because they could not be projected.',
    labelNames: ['projection'],
    registers: [this.registry],
  });

  private readonly storedPosition = new Gauge({
    name: 'rapport_read_model_position',
    help: 'Where the live rows are in the log, whichever process writes them, or none.',
    labelNames: ['projection'],
    registers: [this.registry],
  });
  private readonly storedLag = new Gauge({
    name: 'rapport_read_model_lag_positions',
    help: "How far the log's head is ahead of the live rows: events on the embedded node, bytes of log on a cluster.",
    labelNames: ['projection'],
    registers: [this.registry],
  });

  private readonly pastJobs = new Gauge({
    name: 'rapport_past_jobs',
    help: 'Past states and histories of segments that were asked for, by how they stand.',
    labelNames: ['state'],
    registers: [this.registry],
  });

  private readonly parked = new Counter({
    name: 'rapport_projection_parked_total',
    help: 'Events that were set aside, but for those that wait behind one.',
    labelNames: [...labelNames, 'reason'],
    registers: [this.registry],
  });
  private readonly retries = this.counter('rapport_projection_retries_total', 'Batches that met passing trouble.');

  onBatch(batch: BatchWritten): void {
    const labels = labelsOf(batch);
    this.batches.observe(labels, batch.milliseconds / 1_000);
    this.events.inc(labels, batch.events);
    this.rows.inc(labels, batch.rows);
  }

  onParked(parked: Parameters<NonNullable<EngineObserver['onParked']>>[0]): void {
    this.parked.inc({ ...labelsOf(parked), reason: parked.reason });
  }

  onRetry(generation: Parameters<NonNullable<EngineObserver['onRetry']>>[0]): void {
    this.retries.inc(labelsOf(generation));
  }

  /** Takes in how things stand; called at each scrape. What nobody could tell isn't claimed. */
  update({ statuses, deadLetters, pastJobs, stored, head }: Scraped): void {
    for (const gauge of this.standing) gauge.reset();
    for (const { projection, position } of stored?.filter(({ generation }) => generation === 'live') ?? []) {
      this.storedPosition.set({ projection }, Number(position.commit));
      if (head) this.storedLag.set({ projection }, Math.max(0, Number(head.commit - position.commit)));
    }
    if (pastJobs) for (const state of pastJobStates) this.pastJobs.set({ state }, pastJobs.get(state) ?? 0);
    for (const status of statuses) {
      const labels = labelsOf(status);
      this.states.set({ ...labels, state: status.state }, 1);
      for (const [gauge, value] of [
        [this.pending, status.pendingEvents],
        [this.lagPositions, status.lagPositions],
        [this.lagSeconds, status.lagSeconds],
      ] as const) {
        if (value !== undefined) gauge.set(labels, value);
      }
      if (deadLetters) this.deadLetters.set({ projection: status.projection }, deadLetters.get(status.projection) ?? 0);
    }
  }

  private get standing(): readonly Gauge[] {
    return [
      this.states,
      this.pending,
      this.lagPositions,
      this.lagSeconds,
      this.deadLetters,
      this.storedPosition,
      this.storedLag,
      this.pastJobs,
    ];
  }

  private counter(name: string, help: string): Counter<keyof Labels> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private gauge(name: string, help: string): Gauge<keyof Labels> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
