import { Public } from '#libs/access';
import { METRICS_CONTENT_TYPE } from '#libs/http';
import { Metrics } from '#libs/observability';
import { countDeadLetters, countPastJobs, ProjectionHost } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { ProjectorMetrics } from './projector-metrics.js';

/** Public, as the health routes are: figures of the engine, nothing about anybody. */
@ApiTags('operation')
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly process: Metrics,
    private readonly metrics: ProjectorMetrics,
    private readonly host: ProjectionHost,
    private readonly database: Database,
  ) {}

  @Get()
  @Header('content-type', METRICS_CONTENT_TYPE)
  @ApiOperation({ summary: 'Metrics in the text format of Prometheus.' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async scrape(): Promise<string> {
    // Metrics matter most when the database is away.
    const deadLetters = await countDeadLetters(this.database).catch(() => new Map<string, number>());
    const pastJobs = await countPastJobs(this.database).catch(() => undefined);
    this.metrics.update(await this.host.status(), deadLetters, pastJobs);
    return Registry.merge([this.process.registry, this.metrics.registry]).metrics();
  }
}
