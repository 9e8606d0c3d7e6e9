import { ChangeFormCommand, DefineFormCommand } from '#libs/sign-up';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas, type Given } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import type { ChangeSignUpFormDto, DefineSignUpFormDto } from './sign-up-form.dto.js';

/** Requests about sign-up forms as commands; a refusal is thrown as its problem. */
@Injectable()
export class SignUpFormCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
  ) {}

  async define(dto: DefineSignUpFormDto, incoming: Incoming): Promise<Accepted> {
    const formId = this.metas.idFor('sign-up-form', incoming);
    const { origins = [], topics = [], open = true, ...form } = plain(dto);
    const command = new DefineFormCommand(formId, { ...form, origins, topics, open }, this.metas.metaOf(incoming));
    return accepted(formId, await this.commands.execute(command));
  }

  async change(formId: string, dto: ChangeSignUpFormDto, incoming: Incoming, given: Given): Promise<Accepted> {
    const command = new ChangeFormCommand(formId, plain(dto), this.metas.metaOf(incoming, given));
    return accepted(formId, await this.commands.execute(command));
  }
}
