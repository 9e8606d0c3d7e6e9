import { Public } from '#libs/access';
import { METRICS_CONTENT_TYPE } from '#libs/http';
import { Metrics } from '#libs/observability';
import { countReactions, ReactionHost } from '#libs/reacting';
import { Database } from '#libs/read-store';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { AutomationMetrics } from './automation-metrics.js';

/** Public, as the health routes are: figures of the process managers, nothing about anybody. */
@ApiTags('operation')
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly process: Metrics,
    private readonly metrics: AutomationMetrics,
    private readonly host: ReactionHost,
    private readonly database: Database,
  ) {}

  @Get()
  @Header('content-type', METRICS_CONTENT_TYPE)
  @ApiOperation({ summary: 'Metrics in the text format of Prometheus.' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async scrape(): Promise<string> {
    // Metrics matter most when the database is away.
    const counts = await countReactions(this.database).catch(() => new Map<string, never>());
    this.metrics.update(this.host.status(), counts);
    return Registry.merge([this.process.registry, this.metrics.registry]).metrics();
  }
}
