import { Roles } from '#libs/access';
import { ApiProblems, invalidRequest, UuidParam, validate } from '#libs/http';
import { applyDecorators, Controller, HttpCode, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AddCandidateDto } from '../candidates/add-candidate.dto.js';
import { CandidateCommands } from '../candidates/candidate-commands.js';
import { InteractionCommands } from '../interactions/interaction-commands.js';
import { RecordAddressedInteractionDto } from '../interactions/record-interaction.dto.js';
import { AddMemberDto } from '../pools/member.dto.js';
import { PoolCommands } from '../pools/pool-commands.js';
import type { Accepted } from '../requests/accepted.js';
import { ApiId } from '../requests/command-document.js';
import type { Incoming } from '../requests/incoming.js';
import type { LineCommand } from './bulk-line.js';
import { BulkService } from './bulk.service.js';
import { NDJSON } from './ndjson.js';

const answers = [
  '{"line":1,"status":201,"id":"0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4","revision":0,"position":"p1-4711-4711"}',
  '{"line":2,"status":400,"problem":{"type":"urn:rapport:problem:malformed-json","title":"Malformed json","status":400}}',
].join('\n');

const ApiBulk = (summary: string, line: object): MethodDecorator =>
  applyDecorators(
    RouteConfig({ streamed: true }),
    ApiOperation({
      summary,
      description:
        'One JSON object a line, as for a single command, of at most 1 MiB, with an `idempotencyKey` of its own if wanted. ' +
        'Each line is answered by one line, in order, while the input is still being read; a bad line is a problem and the ' +
        'rest goes on. A client may send all before it reads the first result, up to 32 MiB of results (about 150,000 lines). ' +
        'An Idempotency-Key is for the whole request: each line is then known by its number.',
    }),
    ApiHeader({ name: 'Idempotency-Key', required: false, example: 'import-2026-03-01' }),
    ApiConsumes(NDJSON),
    ApiProduces(NDJSON),
    ApiBody({ schema: { type: 'string', example: `${JSON.stringify(line)}\n` } }),
    ApiOkResponse({ content: { [NDJSON]: { schema: { type: 'string', example: answers } } } }),
    ApiProblems(400, 415),
  );

/** Runs a command of a bulk line after the checks that a single request's body gets from the validation pipe. */
const checked =
  <T extends object>(dto: new () => T, execute: (value: T, incoming: Incoming) => Promise<Accepted>) =>
  ({ body, incoming }: LineCommand): Promise<Accepted> => {
    const result = validate(dto, body);
    if (!result.ok) throw invalidRequest(result.error);
    return execute(result.value, incoming);
  };

@ApiTags('bulk')
@Roles('service', 'admin')
@Controller('v1')
export class BulkController {
  constructor(
    private readonly bulk: BulkService,
    private readonly candidates: CandidateCommands,
    private readonly interactions: InteractionCommands,
    private readonly pools: PoolCommands,
  ) {}

  @Post('candidates/bulk')
  @HttpCode(200)
  @ApiBulk('Add candidates', {
    name: { full: 'Ada Lovelace' },
    contactPoints: [{ kind: 'email', value: 'ada@example.com' }],
    idempotencyKey: 'ada-1',
  })
  addCandidates(@Req() request: FastifyRequest): StreamableFile {
    const execute = checked(AddCandidateDto, (dto, incoming) => this.candidates.add(dto, incoming));
    return this.answer(request, '/v1/candidates', execute);
  }

  @Post('interactions/bulk')
  @HttpCode(200)
  @ApiBulk('Record interactions', {
    type: 'email.replied',
    data: { sentiment: 'interested' },
    recipient: { kind: 'email', value: 'ada@example.com' },
    occurredAt: '2026-03-01T09:30:00Z',
  })
  recordInteractions(@Req() request: FastifyRequest): StreamableFile {
    const execute = checked(RecordAddressedInteractionDto, (dto, incoming) => this.interactions.record(dto, incoming));
    return this.answer(request, '/v1/interactions', execute);
  }

  @Post('pools/:id/members/bulk')
  @ApiId()
  @HttpCode(200)
  @ApiBulk('Add candidates to a static pool', {
    candidateId: '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4',
    reason: 'sourced',
  })
  addMembers(@UuidParam() id: string, @Req() request: FastifyRequest): StreamableFile {
    const execute = checked(AddMemberDto, (dto, incoming) => this.pools.add(id, dto, incoming));
    return this.answer(request, `/v1/pools/${id}/members`, execute);
  }

  private answer(
    request: FastifyRequest,
    path: string,
    execute: (command: LineCommand) => Promise<Accepted>,
  ): StreamableFile {
    return new StreamableFile(this.bulk.run(request, { path, execute }), { type: NDJSON });
  }
}
