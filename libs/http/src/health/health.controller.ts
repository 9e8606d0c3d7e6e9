import { Public } from '#libs/access';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { retryAfter } from '../headers/retry-after.js';
import { ProblemError } from '../problems/problem.js';
import { ApiProblems } from '../problems/problem-document.js';
import { passes, READINESS_CHECKS, type ReadinessCheck } from './readiness.js';
import { Stopping } from './stopping.js';

const RETRY_SECONDS = 1;

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[],
    private readonly stopping: Stopping,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs. If this fails, restart it.' })
  @ApiOkResponse({ schema: { example: { status: 'live' } } })
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Whether the process goes on, and what it needs answers. If this fails, send requests elsewhere.',
  })
  @ApiOkResponse({ schema: { example: { status: 'ready', checks: { postgresql: 'ok' } } } })
  @ApiProblems()
  async ready(): Promise<{ status: 'ready'; checks: Record<string, 'ok'> }> {
    if (this.stopping.begun) {
      throw new ProblemError(503, 'not-ready', {
        detail: 'The process is stopping.',
        headers: retryAfter(RETRY_SECONDS),
      });
    }
    const results = await Promise.all(
      this.checks.map(async (check) => ({ name: check.name, passed: await passes(check) })),
    );
    const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
    if (failed.length > 0) {
      throw new ProblemError(503, 'not-ready', {
        detail: `No answer from: ${failed.join(', ')}.`,
        headers: retryAfter(RETRY_SECONDS),
      });
    }
    return { status: 'ready', checks: Object.fromEntries(results.map(({ name }) => [name, 'ok'])) };
  }
}
