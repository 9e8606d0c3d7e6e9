import { ChangeCustomFieldCommand, DeclareCustomFieldCommand, RetireCustomFieldCommand } from '#libs/candidates';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas, type Given } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import type { ChangeCustomFieldDto, DeclareCustomFieldDto } from './custom-field.dto.js';

/** Requests about custom fields as commands; a refusal is thrown as its problem. */
@Injectable()
export class CustomFieldCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
  ) {}

  async declare(dto: DeclareCustomFieldDto, incoming: Incoming): Promise<Accepted> {
    const command = new DeclareCustomFieldCommand(plain(dto), this.metas.metaOf(incoming));
    return accepted(dto.key, await this.commands.execute(command));
  }

  async change(key: string, dto: ChangeCustomFieldDto, incoming: Incoming, given: Given): Promise<Accepted> {
    const command = new ChangeCustomFieldCommand(key, plain(dto), this.metas.metaOf(incoming, given));
    return accepted(key, await this.commands.execute(command));
  }

  async retire(key: string, incoming: Incoming, given: Given): Promise<Accepted> {
    const command = new RetireCustomFieldCommand(key, this.metas.metaOf(incoming, given));
    return accepted(key, await this.commands.execute(command));
  }
}
