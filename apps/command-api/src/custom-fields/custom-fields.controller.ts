import { Roles } from '#libs/access';
import { IfMatch } from '#libs/http';
import { Body, Controller, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { withETag, type Accepted } from '../requests/accepted.js';
import { ApiCommand } from '../requests/command-document.js';
import { IncomingRequest } from '../requests/incoming.js';
import type { Incoming } from '../requests/incoming.js';
import { CustomFieldCommands } from './custom-field-commands.js';
import { ChangeCustomFieldDto, DeclareCustomFieldDto } from './custom-field.dto.js';

const ApiKey = (): MethodDecorator => ApiParam({ name: 'key', example: 'visa' });

@ApiTags('custom fields')
@Roles('service', 'admin')
@Controller('v1/custom-fields')
export class CustomFieldsController {
  constructor(private readonly fields: CustomFieldCommands) {}

  @Post()
  @ApiCommand({ summary: 'Declare a field of your own for candidates', status: 201, problems: [409] })
  async declare(
    @Body() dto: DeclareCustomFieldDto,
    @IncomingRequest() incoming: Incoming,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.fields.declare(dto, incoming));
  }

  @Patch(':key')
  @ApiKey()
  @ApiCommand({
    summary: 'Call a custom field something else, or add options to it',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async change(
    @Param('key') key: string,
    @Body() dto: ChangeCustomFieldDto,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.fields.change(key, dto, incoming, { ifMatch }));
  }

  @Post(':key/retirement')
  @ApiKey()
  @HttpCode(200)
  @ApiCommand({
    summary: 'Retire a custom field: nobody gets another value, those that there are stay',
    status: 200,
    problems: [404, 409],
    conditional: true,
  })
  async retire(
    @Param('key') key: string,
    @IncomingRequest() incoming: Incoming,
    @IfMatch() ifMatch: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return withETag(reply, await this.fields.retire(key, incoming, { ifMatch }));
  }
}
