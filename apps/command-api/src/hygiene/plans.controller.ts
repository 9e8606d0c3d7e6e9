import { Roles } from '#libs/access';
import { IfMatch, UuidParam } from '#libs/http';
import { Body, Controller, HttpCode, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { PlanCommands } from './plan-commands.js';
import { ChangePlanDto, MakePlanDto } from './plan.dto.js';

@ApiTags('hygiene')
@Roles('service', 'admin')
@Controller('v1/hygiene/plans')
export class HygienePlansController {
  constructor(private readonly plans: PlanCommands) {}

  @Post()
  @ApiCommand({ summary: 'Have somebody look for bad records on a schedule', status: 201, problems: [409] })
  async make(
    @Body() dto: MakePlanDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const answer = await this.plans.make(dto, incoming);
    void reply.header('location', `/v1/hygiene/plans/${answer.id}`);
    return withETag(reply, answer);
  }

  @Patch(':id')
  @ApiId()
  @ApiCommand({
    summary: 'Change a plan, give it to another owner, pause it',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async change(
    @UuidParam() id: string,
    @Body() dto: ChangePlanDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.plans.change(id, dto, incoming, { ifMatch }));
  }

  @Post(':id/retirement')
  @ApiId()
  @HttpCode(200)
  @ApiCommand({ summary: 'Retire a plan for good; its runs stay', status: 200, problems: [404], conditional: true })
  async retire(
    @UuidParam() id: string,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.plans.retire(id, incoming, { ifMatch }));
  }
}
