import { CurrentCaller, Roles, type Caller } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { applyDecorators, Body, Controller, HttpCode, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AfterQuery } from '../freshness/after.dto.js';
import { AskedExports } from './asked-exports.js';
import { CandidateExports, type AskedExport } from './candidate-exports.js';
import { ExportKeptRequest, ExportSearchRequest } from './export.dto.js';

const ApiExport = (summary: string): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    ApiOperation({
      summary,
      description:
        'Everybody who is found in one instant, as CSV or as one JSON object a line, while it is still being read. Each part is ' +
        'recorded with whom it holds before it is sent, under the id in the header rapport-export. Where the rest cannot be ' +
        'given, CSV ends with a broken connection, NDJSON with one or with a line that holds a problem.',
    }),
    ApiProduces('text/csv', 'application/x-ndjson'),
    ApiOkResponse({
      content: {
        'text/csv': { schema: { type: 'string', example: 'id,name\r\n6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a,Ada\r\n' } },
        'application/x-ndjson': {
          schema: { type: 'string', example: '{"id":"6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a","name":"Ada"}\n' },
        },
      },
      headers: { 'rapport-export': { schema: { type: 'string', example: '0198f3a2-7d4e-7a0b-9a51-2f8c1d3e4b5b' } } },
    }),
  );

/** Aborted once the caller has gone, or has everything. */
const goneFrom = (reply: FastifyReply): AbortSignal => {
  const controller = new AbortController();
  if (reply.raw.destroyed) controller.abort();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
};

/** Whoever may page through a search may export it. */
@ApiTags('exports')
@Roles('service', 'analyst', 'admin')
@Controller('v1')
export class ExportsController {
  constructor(
    private readonly asked: AskedExports,
    private readonly exports: CandidateExports,
  ) {}

  @Post('candidates/export')
  @ApiExport('Everybody whom a search finds, as CSV or NDJSON')
  @ApiProblems(400, 413, 415, 429)
  async search(
    @Body() request: ExportSearchRequest,
    @Query() { after }: AfterQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.send(reply, await this.asked.ofSearch(request, caller, after));
  }

  @Post('saved-searches/:id/export')
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5f' })
  @ApiExport('Everybody whom a saved search finds now, as CSV or NDJSON')
  @ApiProblems(400, 404, 409, 413, 415, 429)
  async saved(
    @UuidParam() id: string,
    @Body() request: ExportKeptRequest,
    @Query() { after }: AfterQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.send(reply, await this.asked.ofSaved(id, request, caller, after));
  }

  @Post('pools/:id/members/export')
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c' })
  @ApiExport('Everybody who is in a pool or a segment now, as CSV or NDJSON')
  @ApiProblems(400, 404, 413, 415, 429)
  async members(
    @UuidParam() id: string,
    @Body() request: ExportKeptRequest,
    @Query() { after }: AfterQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.send(reply, await this.asked.ofMembers(id, request, caller, after));
  }

  private async send(reply: FastifyReply, asked: AskedExport): Promise<StreamableFile> {
    const { id, mediaType, content } = await this.exports.start(asked, goneFrom(reply));
    void reply.header('rapport-export', id);
    return new StreamableFile(content, {
      type: mediaType,
      disposition: `attachment; filename="candidates.${asked.format}"`,
    });
  }
}
