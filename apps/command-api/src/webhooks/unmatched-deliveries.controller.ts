import { Roles } from '#libs/access';
import { UnmatchedDeliveries } from '#libs/email-events';
import { ApiProblems, ProblemError, problemOf, UuidParam } from '#libs/http';
import { LOGGER, type Logger } from '#libs/observability';
import { Controller, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiId } from '../requests/command-document.js';
import { ReplayDocument, ReplayQuery, UnmatchedPage, UnmatchedQuery } from './unmatched-deliveries.dto.js';
import { WebhookIntake, type Intake } from './webhook-intake.js';

const summary = (tried: number, outcomes: readonly Intake[]): ReplayDocument => ({
  tried,
  recorded: outcomes.filter((outcome) => outcome === 'recorded' || outcome === 'duplicate').length,
  unmatched: outcomes.filter((outcome) => outcome === 'unmatched').length,
});

@ApiTags('webhooks')
@Roles('admin')
@Controller('v1/unmatched-deliveries')
export class UnmatchedDeliveriesController {
  constructor(
    private readonly unmatched: UnmatchedDeliveries,
    private readonly intake: WebhookIntake,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What providers told that could not be recorded',
    description: 'In order of id. Shows no content.',
  })
  @ApiOkResponse({ type: UnmatchedPage })
  @ApiProblems(400)
  async list(@Query() { after, limit }: UnmatchedQuery): Promise<UnmatchedPage> {
    const items = await this.unmatched.list(after, limit);
    return {
      items: items.map((item) => ({
        ...item,
        receivedAt: item.receivedAt.toISOString(),
        triedAt: item.triedAt?.toISOString() ?? null,
      })),
    };
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try the ones that were tried longest ago again' })
  @ApiOkResponse({ type: ReplayDocument })
  @ApiProblems(400, 413, 415)
  async replayAll(@Query() { limit }: ReplayQuery, @Req() { correlationId }: FastifyRequest): Promise<ReplayDocument> {
    const outcomes: Intake[] = [];
    let tried = 0;
    // One after the other: it's for what's left over, and deliveries go first.
    for (const id of await this.unmatched.oldest(limit)) {
      const replayed = await this.replayed(id, correlationId);
      if (!replayed) continue;
      tried += 1;
      outcomes.push(...replayed);
    }
    return summary(tried, outcomes);
  }

  @Post(':id/replay')
  @ApiId()
  @HttpCode(200)
  @ApiOperation({ summary: 'Try one again' })
  @ApiOkResponse({ type: ReplayDocument })
  @ApiProblems(400, 404, 413, 415)
  async replay(@UuidParam() id: string, @Req() { correlationId }: FastifyRequest): Promise<ReplayDocument> {
    const replayed = await this.intake.replay(id, correlationId);
    if (replayed) return summary(1, replayed);
    throw new ProblemError(404, 'not-found', { detail: 'There is no such delivery any more.' });
  }

  /** One that can't be read, or whose person's key is unusable, mustn't keep the others from being tried. */
  private async replayed(id: string, correlationId: string): Promise<readonly Intake[] | undefined> {
    try {
      return await this.intake.replay(id, correlationId);
    } catch (error) {
      if (problemOf(error)?.status === 503) throw error;
      this.logger.error({ err: error, unmatchedDelivery: id }, 'unmatched delivery not replayed');
      await this.unmatched.tried(id);
      return ['unmatched'];
    }
  }
}
