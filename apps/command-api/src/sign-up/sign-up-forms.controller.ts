import { Roles } from '#libs/access';
import { IfMatch, UuidParam } from '#libs/http';
import { Body, Controller, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { SignUpFormCommands } from './sign-up-form-commands.js';
import { ChangeSignUpFormDto, DefineSignUpFormDto } from './sign-up-form.dto.js';

@ApiTags('sign-up')
@Roles('service', 'admin')
@Controller('v1/sign-up-forms')
export class SignUpFormsController {
  constructor(private readonly forms: SignUpFormCommands) {}

  @Post()
  @ApiCommand({ summary: 'Define a sign-up form', status: 201, problems: [409] })
  async define(
    @Body() dto: DefineSignUpFormDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    const answer = await this.forms.define(dto, incoming);
    void reply.header('location', `/v1/sign-up-forms/${answer.id}`);
    return withETag(reply, answer);
  }

  @Patch(':id')
  @ApiId()
  @ApiCommand({
    summary: 'Change a sign-up form, close it or open it again',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async change(
    @UuidParam() id: string,
    @Body() dto: ChangeSignUpFormDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.forms.change(id, dto, incoming, { ifMatch }));
  }
}
