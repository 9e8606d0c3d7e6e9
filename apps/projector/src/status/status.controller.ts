import { Public } from '#libs/access';
import { ProjectionHost, readCheckpoints, soon } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { statusPage } from './status-page.js';
import { toStoredGeneration, type ProjectorStatus } from './projector-status.js';

const example = {
  projections: [
    {
      projection: 'timeline',
      version: 1,
      build: 1,
      state: 'live',
      generation: 'live',
      position: 'p1-4711-4711',
      pendingEvents: 0,
      lagSeconds: 0,
      lagPositions: 0,
      figures: { batches: 12, events: 4711, rows: 4800, lastBatchMilliseconds: 3.1 },
    },
  ],
  stored: [
    { projection: 'timeline', version: 1, build: 1, generation: 'live', state: 'running', position: 'p1-4711-4711' },
  ],
};

/** Public, as the health routes are: positions and figures of the engine, nothing about anybody. */
@ApiTags('operation')
@Public()
@Controller('status')
export class StatusController {
  constructor(
    private readonly host: ProjectionHost,
    private readonly database: Database,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How each projection stands: a page for browsers, JSON for everyone else.' })
  @ApiProduces('application/json', 'text/html')
  @ApiOkResponse({ schema: { example } })
  async show(@Headers('accept') accept: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const status = await this.status();
    if (accept?.includes('text/html')) await reply.type('text/html; charset=utf-8').send(statusPage(status));
    else await reply.send(status);
  }

  private async status(): Promise<ProjectorStatus> {
    const [projections, stored] = await Promise.all([this.host.status(), soon(readCheckpoints(this.database))]);
    return { projections, ...(stored ? { stored: stored.map(toStoredGeneration) } : {}) };
  }
}
