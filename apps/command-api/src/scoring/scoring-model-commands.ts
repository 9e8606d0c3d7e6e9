import { invalidRequest } from '#libs/http';
import { parseModel, PublishModelCommand, RetireModelCommand, SwitchModelCommand } from '#libs/scoring';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import type { PublishScoringModelDto, ScoringModelVersionDto } from './scoring-model.dto.js';

/** Requests about scoring models as commands; a refusal is thrown as its problem. */
@Injectable()
export class ScoringModelCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
  ) {}

  async publish(dto: PublishScoringModelDto, incoming: Incoming): Promise<Accepted> {
    const model = parseModel(dto.model);
    if (!model.ok)
      throw invalidRequest(model.error.map(({ path, message }) => ({ pointer: `/model${path}`, detail: message })));
    const command = new PublishModelCommand(model.value, this.metas.metaOf(incoming));
    return accepted(String(model.value.version), await this.commands.execute(command));
  }

  async makeLive({ version }: ScoringModelVersionDto, incoming: Incoming): Promise<Accepted> {
    const command = new SwitchModelCommand(version, this.metas.metaOf(incoming));
    return accepted(String(version), await this.commands.execute(command));
  }

  async retire({ version }: ScoringModelVersionDto, incoming: Incoming): Promise<Accepted> {
    const command = new RetireModelCommand(version, this.metas.metaOf(incoming));
    return accepted(String(version), await this.commands.execute(command));
  }
}
