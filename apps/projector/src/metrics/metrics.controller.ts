import { Public } from '#libs/access';
import { EventLog } from '#libs/event-store';
import { METRICS_CONTENT_TYPE } from '#libs/http';
import { Metrics } from '#libs/observability';
import { countDeadLetters, countPastJobs, ProjectionHost, readCheckpoints, soon } from '#libs/projecting';
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
    private readonly log: EventLog,
  ) {}

  @Get()
  @Header('content-type', METRICS_CONTENT_TYPE)
  @ApiOperation({ summary: 'Metrics in the text format of Prometheus.' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async scrape(): Promise<string> {
    const [statuses, deadLetters, pastJobs, stored, head] = await Promise.all([
      this.host.status(),
      soon(countDeadLetters(this.database)),
      soon(countPastJobs(this.database)),
      soon(readCheckpoints(this.database)),
      soon(this.log.head()),
    ]);
    this.metrics.update({ statuses, deadLetters, pastJobs, stored, head });
    return Registry.merge([this.process.registry, this.metrics.registry]).metrics();
  }
}
