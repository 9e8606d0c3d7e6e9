import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A figure that somebody else keeps, and that's read at each scrape. */
export interface Figure {
  /** Begins with `rapport_`; ends with `_total` for a counter, and with the unit otherwise. */
  readonly name: string;
  readonly help: string;
  /** The name of the label that `read` gives values of; none where it gives one number. */
  readonly label?: string;
  read(): number | Readonly<Record<string, number>>;
}

const valuesOf = (figure: Figure): (readonly [Record<string, string>, number])[] => {
  const values = figure.read();
  if (typeof values === 'number') return [[{}, values]];
  return Object.entries(values).map(([key, value]) => [{ [figure.label ?? 'kind']: key }, value]);
};

/** What Prometheus is told about this process: memory, event loop, requests by route. Nothing in it is about a person. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'rapport_http_request_seconds',
    help: 'From the head of a request to the end of its answer, by route template and class of status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** @param route the template, never an address: that holds ids and what was searched for */
  served(method: string, route: string, status: number, milliseconds: number): void {
    const labels = { method, route, status: `${Math.floor(status / 100)}xx` };
    this.requests.observe(labels, milliseconds / 1_000);
  }

  /** A gauge, or a counter by its name, over a figure that's kept elsewhere. */
  add(figure: Figure): void {
    const { name, help, label } = figure;
    const options = { name, help, labelNames: label === undefined ? [] : [label], registers: [] };
    const metric = name.endsWith('_total')
      ? new Counter({
          ...options,
          collect() {
            this.reset();
            for (const [labels, value] of valuesOf(figure)) this.inc(labels, value);
          },
        })
      : new Gauge({
          ...options,
          collect() {
            for (const [labels, value] of valuesOf(figure)) this.set(labels, value);
          },
        });
    this.registry.registerMetric(metric);
  }
}
