import { Roles } from '#libs/access';
import { IfMatch, UuidParam } from '#libs/http';
import { Body, Controller, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand, ApiId } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { RelationshipCommands } from './relationship-commands.js';
import {
  GiveConsentDto,
  WithdrawConsentDto,
  DoNotContactDto,
  SnoozeDto,
  AvailabilityDto,
  LanguagesDto,
  SilverMedallistDto,
} from './relationship.dto.js';

@ApiTags('relationship')
@Roles('service', 'admin')
@Controller('v1/candidates/:id')
export class RelationshipController {
  constructor(private readonly relationships: RelationshipCommands) {}

  @Post('consents')
  @ApiId()
  @HttpCode(200)
  @ApiCommand({
    summary: 'Record consent to be contacted, with its evidence',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async giveConsent(
    @UuidParam() id: string,
    @Body() dto: GiveConsentDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.relationships.giveConsent(id, dto, incoming, { ifMatch }));
  }

  @Post('consents/withdrawals')
  @ApiId()
  @HttpCode(200)
  @ApiCommand({ summary: 'Record that consent was withdrawn', status: 200, problems: [404, 409], conditional: true })
  async withdrawConsent(
    @UuidParam() id: string,
    @Body() dto: WithdrawConsentDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.relationships.withdrawConsent(id, dto, incoming, { ifMatch }));
  }

  @Put('do-not-contact')
  @ApiId()
  @ApiCommand({
    summary: 'Say that somebody is not to be contacted at all, or may be again',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async doNotContact(
    @UuidParam() id: string,
    @Body() dto: DoNotContactDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.relationships.doNotContact(id, dto, incoming, { ifMatch }));
  }

  @Put('snooze')
  @ApiId()
  @ApiCommand({ summary: 'Leave somebody alone for a while', status: 200, problems: [404, 409], conditional: true })
  async snooze(
    @UuidParam() id: string,
    @Body() dto: SnoozeDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.relationships.snooze(id, dto, incoming, { ifMatch }));
  }

  @Put('silver-medallist')
  @ApiId()
  @ApiCommand({
    summary: 'Say that somebody who was nearly hired is worth coming back to, or is not',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async silverMedallist(
    @UuidParam() id: string,
    @Body() dto: SilverMedallistDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.relationships.silverMedallist(id, dto, incoming, { ifMatch }));
  }

  @Put('availability')
  @ApiId()
  @ApiCommand({ summary: 'Say what is known of a next job', status: 200, problems: [404, 409], conditional: true })
  async availability(
    @UuidParam() id: string,
    @Body() dto: AvailabilityDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.relationships.availability(id, dto, incoming, { ifMatch }));
  }

  @Put('languages')
  @ApiId()
  @ApiCommand({ summary: 'Say which languages somebody speaks', status: 200, problems: [404, 409], conditional: true })
  async languages(
    @UuidParam() id: string,
    @Body() dto: LanguagesDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.relationships.languages(id, dto, incoming, { ifMatch }));
  }
}
