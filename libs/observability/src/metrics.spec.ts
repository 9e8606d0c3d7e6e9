import { describe, expect, it } from '@jest/globals';
import { Metrics } from './metrics.js';

describe('The metrics of a process', () => {
  it('count requests by route template, method and class of status', async () => {
    const metrics = new Metrics();
    metrics.served('GET', '/v1/candidates/:id', 200, 12);
    metrics.served('GET', '/v1/candidates/:id', 204, 30);
    metrics.served('POST', 'unmatched', 404, 1);
    const text = await metrics.registry.metrics();
    expect(text).toContain(
      'rapport_http_request_seconds_count{method="GET",route="/v1/candidates/:id",status="2xx"} 2',
    );
    expect(text).toContain('rapport_http_request_seconds_count{method="POST",route="unmatched",status="4xx"} 1');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  it('read figures that are kept elsewhere as they stand at each scrape', async () => {
    const metrics = new Metrics();
    const figures = { hits: 3, misses: 0 };
    metrics.add({ name: 'rapport_hits_total', help: 'Hits.', read: () => figures.hits });
    metrics.add({ name: 'rapport_looks', help: 'Looks.', label: 'outcome', read: () => figures });
    expect(await metrics.registry.metrics()).toMatch(/^rapport_hits_total 3$/m);
    figures.hits = 5;
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/^rapport_hits_total 5$/m);
    expect(text).toMatch(/^rapport_looks\{outcome="hits"\} 5$/m);
    expect(text).toMatch(/^rapport_looks\{outcome="misses"\} 0$/m);
    expect(text).toMatch(/^# TYPE rapport_hits_total counter$/m);
  });
});
